import { useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, Select } from 'antd'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, byCursor, http, type Schemas } from '@/api/client'
import { DateText } from '@/kit/DateText'
import { EmptyState } from '@/kit/EmptyState'
import { FormDrawer } from '@/kit/FormDrawer'
import { QueryView } from '@/kit/Loading'
import { Page, Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import { useConfirm } from '@/kit/useConfirm'
import { usePermission } from '@/kit/usePermission'
import { linesOf } from './rateLines'
import './admin.css'

type Rate = Schemas['RateRow']

interface Values {
  home: string
  lines: string
}

/** The exchange rates by which rulebooks convert that say `rates: organisation`. */
export default function RatesPage() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const confirm = useConfirm()
  const may = usePermission('rate.manage')
  const [currency, setCurrency] = useState<string>()
  const [adding, setAdding] = useState(false)
  const rates = api.useInfiniteQuery('get', '/api/v1/rates', { params: { query: { currency, limit: 100 } } }, byCursor)
  const again = () => client.invalidateQueries({ queryKey: ['get', '/api/v1/rates'] })
  const save = async (v: Values) => {
    const items = linesOf(v.lines).map((l) => ({ ...l, home: v.home.trim() }))
    await http.POST('/api/v1/rates', { body: { items } })
    await again()
  }
  const takeBack = (r: Rate) =>
    confirm({
      title: t('admin.rate.drop_title', { currency: r.currency, date: r.from }),
      text: t('admin.rate.drop_text'),
      ok: t('admin.rate.drop'),
      danger: true,
      action: async () => {
        await http.POST('/api/v1/rates', {
          body: { items: [{ home: r.home, currency: r.currency, from: r.from, rate: '' }] },
        })
        await again()
      },
    })
  const add = may && (
    <Button type="primary" icon={<Plus size={16} strokeWidth={1.75} />} onClick={() => setAdding(true)}>
      {t('admin.rate.add')}
    </Button>
  )
  const rows = rates.data?.pages.flatMap((p) => p.items) ?? []
  const known = [...new Set([...rows.map((r) => r.currency), ...(currency ? [currency] : [])])]
  const columns = [
    { key: 'currency', title: t('admin.rate.currency'), head: true, render: (r: Rate) => `${r.currency} → ${r.home}` },
    { key: 'from', title: t('admin.rate.from'), render: (r: Rate) => <DateText value={r.from} /> },
    { key: 'rate', title: t('admin.rate.rate'), num: true, render: (r: Rate) => r.rate },
    { key: 'by', title: t('admin.rate.by'), render: (r: Rate) => r.set_by || t('admin.audit.system') },
    ...(may
      ? [
          {
            key: 'drop',
            title: '',
            right: true,
            render: (r: Rate) => (
              <Button size="small" type="text" onClick={() => void takeBack(r)}>
                {t('admin.rate.drop')}
              </Button>
            ),
          },
        ]
      : []),
  ]
  return (
    <Page title={t('admin.page.rates')} actions={add}>
      <div className="settings-column">
        <QueryView query={rates} lines={6}>
          {() =>
            rows.length === 0 && !currency ? (
              <EmptyState title={t('admin.rate.none')} hint={t('admin.rate.about')} actions={add} />
            ) : (
              <Panel>
                <p className="muted">{t('admin.rate.about')}</p>
                <Select
                  allowClear
                  className="grow"
                  aria-label={t('admin.rate.currency')}
                  placeholder={t('admin.rate.all')}
                  value={currency}
                  onChange={setCurrency}
                  options={known.map((c) => ({ value: c, label: c }))}
                />
                <PlainTable rows={rows} rowKey={(r) => `${r.home}${r.currency}${r.from}`} columns={columns} />
                {rates.hasNextPage && (
                  <Button loading={rates.isFetchingNextPage} onClick={() => void rates.fetchNextPage()}>
                    {t('admin.rate.more')}
                  </Button>
                )}
              </Panel>
            )
          }
        </QueryView>
      </div>
      <FormDrawer<Values>
        open={adding}
        title={t('admin.rate.add')}
        initial={{ home: 'CNY' }}
        done={t('admin.rate.added')}
        onSubmit={save}
        onClose={() => setAdding(false)}
      >
        <Form.Item
          name="home"
          label={t('admin.rate.home')}
          rules={[{ required: true, whitespace: true, message: t('kit.form.required') }]}
        >
          <Input maxLength={3} className="num" />
        </Form.Item>
        <Form.Item
          name="lines"
          label={t('admin.rate.lines')}
          extra={t('admin.rate.lines_hint')}
          rules={[{ required: true, whitespace: true, message: t('kit.form.required') }]}
        >
          <Input.TextArea rows={10} className="num" placeholder={'USD 2026-01-01 7.1884\nEUR 2026-01-01 8.2350'} />
        </Form.Item>
      </FormDrawer>
    </Page>
  )
}
