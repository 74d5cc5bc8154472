declare module 'virtual:antd.css'
declare module 'virtual:messages' {
  interface Part {
    /** By noun. */
    words: Record<string, Record<string, unknown>>
    /** By code. */
    errors: Record<string, string>
  }
  export const parts: Record<'zh' | 'en', Record<string, () => Promise<Part>>>
}
