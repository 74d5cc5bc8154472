import { App, Button, Dropdown, Form, Input } from 'antd'
import { Download, ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { http, queryOf, type Schemas } from '@/api/client'
import { errorText } from '@/api/error'
import { DateText } from '@/kit/DateText'
import { FormDrawer } from '@/kit/FormDrawer'
import { useFormat } from '@/kit/format'
import { Fields } from '@/kit/Page'

type Filter = Record<string, string | undefined>

/** Proves the log, and hands out what is shown of it: as a table with hashes, or as evidence for an auditor. */
export function AuditActs({ filter }: { filter: Filter }) {
  const { t, i18n } = useTranslation()
  const [packing, setPacking] = useState(false)
  const file = (format: 'xlsx' | 'csv') => ({
    key: format,
    label: (
      <a href={`/api/v1/audit/export?${queryOf({ ...filter, format, lang: i18n.language })}`} download>
        {t(`audit.export_as.${format}`)}
      </a>
    ),
  })
  return (
    <>
      <Verify />
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            file('xlsx'),
            file('csv'),
            { type: 'divider' },
            { key: 'pack', label: t('audit.pack'), onClick: () => setPacking(true) },
          ],
        }}
      >
        <Button icon={<Download size={16} strokeWidth={1.75} />}>{t('audit.out')}</Button>
      </Dropdown>
      {packing && <Pack filter={filter} onClose={() => setPacking(false)} />}
    </>
  )
}

/** A pack is made for a purpose, which is written down; the file comes when everything in it is proved. */
function Pack({ filter, onClose }: { filter: Filter; onClose: () => void }) {
  const { t } = useTranslation()
  const make = async ({ purpose }: { purpose: string }) => {
    const { data, response } = await http.GET('/api/v1/audit/pack', {
      params: { query: { ...filter, purpose } },
      parseAs: 'blob',
    })
    const name = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('Content-Disposition') ?? '')?.[1]
    const url = URL.createObjectURL(data as unknown as Blob)
    const a = document.createElement('a')
    a.href = url
    a.download = decodeURIComponent(name ?? 'kezhi-audit.zip')
    a.click()
    setTimeout(() => URL.revokeObjectURL(url), 60_000)
  }
  return (
    <FormDrawer<{ purpose: string }>
      open
      title={t('audit.pack')}
      submitText={t('audit.pack_make')}
      done={t('audit.pack_made')}
      onSubmit={make}
      onClose={onClose}
    >
      <p className="muted form-about">{t('audit.pack_about')}</p>
      <Form.Item
        name="purpose"
        label={t('audit.pack_purpose')}
        rules={[{ required: true, whitespace: true, message: t('audit.pack_purpose_needed') }]}
      >
        <Input.TextArea rows={3} maxLength={150} />
      </Form.Item>
    </FormDrawer>
  )
}

/** Proves that no entry was changed or removed, and shows how far that was signed. */
function Verify() {
  const { t } = useTranslation()
  const { modal } = App.useApp()
  const [busy, setBusy] = useState(false)
  const verify = async () => {
    setBusy(true)
    try {
      const { data } = await http.POST('/api/v1/audit/verify')
      if (data) modal.success({ title: t('audit.whole'), content: <Proof proof={data} />, icon: null, width: 560 })
    } catch (e) {
      modal.error({ title: t('admin.audit.broken'), content: errorText(t, e), icon: null })
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button icon={<ShieldCheck size={16} strokeWidth={1.75} />} loading={busy} onClick={() => void verify()}>
      {t('admin.audit.verify')}
    </Button>
  )
}

function Proof({ proof }: { proof: Schemas['AuditProofView'] }) {
  const { t } = useTranslation()
  const { num } = useFormat()
  const mark = proof.checkpoint
  return (
    <div className="stack audit-proved">
      <Fields
        items={[
          { label: t('audit.entries'), value: num(proof.entries) },
          { label: t('audit.head'), value: <code>{proof.head}</code>, wide: true },
          {
            label: t('audit.signed'),
            value: mark ? (
              <>
                <DateText value={mark.at} time /> · {t('audit.signed_entries', { n: num(mark.entries) })}
              </>
            ) : (
              t('audit.not_signed')
            ),
            wide: true,
          },
          {
            label: t('audit.keys'),
            value: proof.keys?.map((k) => <code key={k}>{k}</code>),
            wide: true,
          },
        ]}
      />
    </div>
  )
}
