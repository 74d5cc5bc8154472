import { Input } from 'antd'

/** Six figures; telephones offer what the app or a message says. */
export function CodeInput({ id, value, onChange }: { id: string; value: string; onChange: (code: string) => void }) {
  return (
    <Input
      id={id}
      required
      size="large"
      autoFocus
      inputMode="numeric"
      autoComplete="one-time-code"
      maxLength={7}
      value={value}
      onChange={(e) => onChange(e.target.value)}
    />
  )
}
