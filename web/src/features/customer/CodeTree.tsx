import { useQuery } from '@tanstack/react-query'
import { Button, Checkbox, Input } from 'antd'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { QueryView } from '@/kit/Loading'
import { useText } from '@/kit/text'
import { type Code, type CodeTable, loadCodes } from './data'

interface Props {
  table: CodeTable
  values: string[]
  onChange: (v: string[]) => void
  /** Only one may be chosen; choosing it again takes it away. */
  single?: boolean
}

/** Walks down a table of codes level by level, or finds one by its name; each code stands for everything below it. */
export function CodeTree({ table, values, onChange, single }: Props) {
  const { t } = useTranslation()
  const text = useText()
  const name = (c: Code) => text({ zh: c.name, en: c.name_en })
  const label = (c: Code) => text({ zh: c.label, en: c.label_en })
  const [path, setPath] = useState<Code[]>([])
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const parent = path.at(-1)
  const list = useQuery({
    queryKey: ['codes', table, parent?.code ?? '', q],
    queryFn: () => loadCodes(table, parent?.code ?? '', q),
    staleTime: 3_600_000,
  })
  const flip = (code: string) => {
    const on = values.includes(code)
    if (single) onChange(on ? [] : [code])
    else onChange(on ? values.filter((v) => v !== code) : [...values, code])
  }
  return (
    <div className="code-tree">
      <Input
        size="small"
        value={typed}
        aria-label={t('customer.code.find')}
        placeholder={t('customer.code.find')}
        onChange={(e) => setTyped(e.target.value)}
      />
      {parent && !q && (
        <Button
          type="text"
          size="small"
          className="code-back"
          icon={<ChevronLeft size={14} />}
          onClick={() => setPath(path.slice(0, -1))}
        >
          {label(parent)}
        </Button>
      )}
      <QueryView query={list} lines={5}>
        {(items) => (
          <div className="filter-choices">
            {items.length === 0 && <p className="muted">{t('customer.code.none')}</p>}
            {items.map((c) => (
              <div key={c.code} className="code-row">
                <Checkbox checked={values.includes(c.code)} onChange={() => flip(c.code)}>
                  {q ? label(c) : name(c)}
                </Checkbox>
                {!c.leaf && !q && (
                  <Button
                    type="text"
                    size="small"
                    aria-label={t('customer.code.below', { name: name(c) })}
                    icon={<ChevronRight size={14} />}
                    onClick={() => setPath([...path, c])}
                  />
                )}
              </div>
            ))}
          </div>
        )}
      </QueryView>
    </div>
  )
}

interface EditorProps {
  values: string[]
  onChange: (v: string[]) => void
}

export const RegionTree = (p: EditorProps) => <CodeTree table="regions" {...p} />
export const IndustryTree = (p: EditorProps) => <CodeTree table="industries" {...p} />
