import { Input, type InputRef } from 'antd'
import { Search } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'

const PAUSE_MS = 250

/** A search box that reports after a pause in typing, never in the middle of composing Chinese. */
export function SearchInput({
  value,
  onChange,
  placeholder,
}: {
  value: string
  onChange: (q: string) => void
  placeholder: string
}) {
  const [text, setText] = useState(value)
  const reported = useRef(value)
  const composing = useRef(false)
  const field = useRef<InputRef>(null)
  const latest = useRef(onChange)
  latest.current = onChange
  useEffect(() => {
    if (value !== reported.current) {
      reported.current = value
      setText(value)
    }
  }, [value])
  const report = (v: string) => {
    const q = v.trim()
    if (composing.current || q === reported.current) return
    reported.current = q
    latest.current(q)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: report only reads refs.
  useEffect(() => {
    const timer = setTimeout(() => report(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <Input
      ref={field}
      allowClear
      className="find"
      type="search"
      aria-label={placeholder}
      placeholder={placeholder}
      prefix={<Search size={14} strokeWidth={1.75} />}
      value={text}
      onChange={(e) => setText(e.target.value)}
      onPressEnter={() => report(text)}
      onCompositionStart={() => {
        composing.current = true
      }}
      onCompositionEnd={(e) => {
        composing.current = false
        setText(e.currentTarget.value)
        report(e.currentTarget.value)
      }}
    />
  )
}
