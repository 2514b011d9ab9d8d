interface Shape { variables(parameters: any): object | undefined; pick(data: any): any }
export const w1: Shape
export const w2: Shape
export const w3: Shape & { cursor(data: any): string }
export const w4: Shape
