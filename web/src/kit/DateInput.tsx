import { Input } from 'antd'

interface Props {
  id?: string
  value?: string
  onChange?: (v: string | undefined) => void
  min?: string
  max?: string
  disabled?: boolean
  'aria-label'?: string
}

/** A civil date `YYYY-MM-DD`, by the browser's own picker: light, and the native one on phones. Works in a Form.Item. */
export function DateInput({ onChange, value, ...rest }: Props) {
  return (
    <Input
      {...rest}
      type="date"
      className="num"
      value={value ?? ''}
      onChange={(e) => onChange?.(e.target.value || undefined)}
    />
  )
}
