declare module 'virtual:antd.css'
declare module 'virtual:messages/zh' {
  export const messages: Record<string, Record<string, unknown>>
  export const errors: Record<string, string>
}
declare module 'virtual:messages/en' {
  export const messages: Record<string, Record<string, unknown>>
  export const errors: Record<string, string>
}
