import { Button, Popover } from 'antd'
import { X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CodeTree } from './CodeTree'
import { type CodeTable, useCodeLabels } from './data'

interface Props {
  id?: string
  table: CodeTable
  value?: string
  onChange?: (code: string) => void
  /** Open from the start, for editing in place. */
  open?: boolean
  onClosed?: () => void
}

/** One code of a table, chosen by walking down or by its name. Works in a Form.Item. */
export function CodeInput({ id, table, value = '', onChange, open: first = false, onClosed }: Props) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(first)
  const label = useCodeLabels(table, value ? [value] : [])
  const change = (on: boolean) => {
    setOpen(on)
    if (!on) onClosed?.()
  }
  const choose = ([code = '']: string[]) => {
    onChange?.(code)
    setOpen(false)
  }
  return (
    <span className="code-input">
      <Popover
        open={open}
        onOpenChange={change}
        trigger="click"
        placement="bottomLeft"
        destroyOnHidden
        content={<CodeTree single table={table} values={value ? [value] : []} onChange={choose} />}
      >
        <Button id={id} block className={value ? 'code-button' : 'code-button none'}>
          {value ? label(value) : t('customer.code.choose')}
        </Button>
      </Popover>
      {value && (
        <Button
          type="text"
          aria-label={t('customer.code.clear')}
          icon={<X size={14} />}
          onClick={() => onChange?.('')}
        />
      )}
    </span>
  )
}
