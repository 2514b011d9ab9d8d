interface ChoiceProps { readonly label: string; readonly value: string | undefined; readonly options: readonly (readonly [string, string])[]; readonly all?: string; readonly onChange: (value: string | undefined) => void }

/** One of a few, or all. What the address names stays, also where the list does not have it. */
export function Choice({ label, value, options, all = `${label}: all`, onChange }: ChoiceProps) {
  return (
    <span className="field">
      <select aria-label={label} value={value ?? ''} onChange={(event) => onChange(event.target.value || undefined)}>
        <option value="">{all}</option>
        {options.map(([option, name]) => <option key={option} value={option}>{name}</option>)}
        {value !== undefined && !options.some(([option]) => option === value) && <option value={value}>{value}</option>}
      </select>
    </span>
  )
}
