import { useId } from 'react'

/** One of a few: buttons side by side, radio buttons to the keyboard and to people who cannot see them. */
export function Choice<K extends string>(p: {
  label: string
  options: { value: K; label: string }[]
  value: K
  onChange: (value: K) => void
  disabled?: boolean
}) {
  const name = useId()
  return (
    <fieldset className="choice" aria-label={p.label} disabled={p.disabled}>
      {p.options.map((o) => (
        <label key={o.value}>
          <input
            type="radio"
            className="offscreen"
            name={name}
            value={o.value}
            checked={o.value === p.value}
            onChange={() => p.onChange(o.value)}
          />
          <span>{o.label}</span>
        </label>
      ))}
    </fieldset>
  )
}
