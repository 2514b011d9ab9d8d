export const HERE = '/archive'
