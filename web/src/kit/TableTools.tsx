import { Button, Checkbox, Popover, Tooltip } from 'antd'
import { ArrowDown, ArrowUp, Columns3, RefreshCw, Rows3 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { usePrefs } from '@/app/prefs'
import { type Column, isShown, move, ordered, type TableLayout, toggle } from './tableLayout'

interface Props<T> {
  columns: Column<T>[]
  layout: TableLayout
  onLayout: (l: TableLayout) => void
  onReload?: () => void
  refreshing?: boolean
}

/** Reload, row height, and the choice of columns. */
export function TableTools<T>(p: Props<T>) {
  const { t } = useTranslation()
  const { density, setDensity } = usePrefs()
  const dense = density === 'compact'
  const height = t(dense ? 'kit.table.roomy' : 'kit.table.compact')
  return (
    <div className="dt-tools">
      {p.onReload && (
        <Tooltip title={t('kit.table.reload')}>
          <Button
            type="text"
            aria-label={t('kit.table.reload')}
            icon={<RefreshCw size={16} strokeWidth={1.75} className={p.refreshing ? 'turning' : undefined} />}
            onClick={p.onReload}
          />
        </Tooltip>
      )}
      <Tooltip title={height}>
        <Button
          type="text"
          aria-label={height}
          icon={<Rows3 size={16} strokeWidth={1.75} />}
          onClick={() => setDensity(dense ? 'roomy' : 'compact')}
        />
      </Tooltip>
      <Popover trigger="click" placement="bottomRight" content={<ColumnList {...p} />} title={t('kit.table.columns')}>
        <Button type="text" aria-label={t('kit.table.columns')} icon={<Columns3 size={16} strokeWidth={1.75} />} />
      </Popover>
    </div>
  )
}

function ColumnList<T>({ columns, layout, onLayout }: Props<T>) {
  const { t } = useTranslation()
  return (
    <div className="dt-columns">
      {ordered(columns, layout).map((c) => (
        <div key={c.key} className="dt-column">
          <Checkbox
            disabled={c.locked}
            checked={isShown(c, layout)}
            onChange={() => onLayout(toggle(columns, layout, c.key))}
          >
            {c.title}
          </Checkbox>
          {!c.fixed && (
            <>
              <Button
                type="text"
                size="small"
                aria-label={t('kit.table.up', { name: c.title })}
                icon={<ArrowUp size={14} />}
                onClick={() => onLayout(move(columns, layout, c.key, -1))}
              />
              <Button
                type="text"
                size="small"
                aria-label={t('kit.table.down', { name: c.title })}
                icon={<ArrowDown size={14} />}
                onClick={() => onLayout(move(columns, layout, c.key, 1))}
              />
            </>
          )}
        </div>
      ))}
      <Button type="link" size="small" onClick={() => onLayout({})}>
        {t('kit.table.default_columns')}
      </Button>
    </div>
  )
}
