import { Button, Tooltip } from 'antd'
import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

const SHOWN_MS = 1500

/** copyText puts text on the clipboard; without TLS, where the clipboard API is absent, by a selection. */
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text)
  const field = document.createElement('textarea')
  field.value = text
  field.className = 'offscreen'
  document.body.append(field)
  field.select()
  const done = document.execCommand('copy')
  field.remove()
  if (!done) throw new Error('copy refused')
}

/** A small button that copies `text` and says so. `what` names the thing for people who cannot see it. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const { t } = useTranslation()
  const [state, setState] = useState<'idle' | 'done' | 'failed'>('idle')
  useEffect(() => {
    if (state === 'idle') return
    const timer = setTimeout(() => setState('idle'), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [state])
  const copy = () =>
    void copyText(text).then(
      () => setState('done'),
      () => setState('failed'),
    )
  const title = { idle: t('kit.copy.do', { what }), done: t('kit.copy.done'), failed: t('kit.copy.failed') }[state]
  return (
    <Tooltip title={title}>
      <Button
        type="text"
        size="small"
        className="copy"
        aria-label={title}
        icon={state === 'done' ? <Check size={14} /> : <Copy size={14} />}
        onClick={copy}
      />
    </Tooltip>
  )
}
