import { useQueryClient } from '@tanstack/react-query'
import { App, Button, Form, type FormInstance, Input } from 'antd'
import { ExternalLink } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http, type Schemas } from '@/api/client'
import { type ApiError, asApiError, sentence } from '@/api/error'
import { Choice } from '@/kit/Choice'
import { ErrorState } from '@/kit/ErrorState'
import { markRequired, placeErrors } from '@/kit/FormDrawer'
import { QueryView } from '@/kit/Loading'
import { NoAccess } from '@/kit/NoAccess'
import { Page, Panel } from '@/kit/Page'
import { useText } from '@/kit/text'
import { usePermission } from '@/kit/usePermission'
import { keyOf, useOpen } from './data'

type Settings = Schemas['PublicSettings']

/** Whether customers may begin and follow matters without an account, and what is open to them. */
export default function PublicSettingsPage() {
  const { t } = useTranslation()
  const may = usePermission('system.manage')
  return may ? <Both /> : <NoAccess title={t('public.settings.title')} />
}

function Both() {
  const { t } = useTranslation()
  const settings = api.useQuery('get', '/api/v1/settings/public', {})
  return (
    <Page title={t('public.settings.title')}>
      <div className="stack">
        <Panel title={t('public.settings.pages')}>
          <p className="muted">{t('public.settings.hint')}</p>
          <QueryView query={settings} lines={4}>
            {(s) => <SettingsForm of={s} />}
          </QueryView>
        </Panel>
        <OpenNow />
      </div>
    </Page>
  )
}

interface FormValues {
  on: string
  correct_days: string
}

function SettingsForm({ of: s }: { of: Settings }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const client = useQueryClient()
  const [form] = Form.useForm<FormValues>()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<ApiError>()
  const submit = async (v: FormValues) => {
    setBusy(true)
    setFailure(undefined)
    try {
      const body = { on: v.on === 'on', correct_days: Number(v.correct_days) }
      await http.PUT('/api/v1/settings/public', { body })
      await client.invalidateQueries({ queryKey: ['get', '/api/v1/settings/public'] })
      await client.invalidateQueries({ queryKey: ['get', '/api/v1/public/procedures'] })
      void message.success(t('public.settings.saved'))
    } catch (e) {
      setFailure(placeErrors(asApiError(e), form as unknown as FormInstance, (code, args) => sentence(t, code, args)))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Form<FormValues>
      form={form}
      layout="vertical"
      requiredMark={markRequired}
      initialValues={{ on: s.on ? 'on' : 'off', correct_days: String(s.correct_days) }}
      onFinish={(v) => void submit(v)}
    >
      {failure && <ErrorState inline error={failure} />}
      <Form.Item name="on" label={t('public.settings.pages')}>
        <OnOff />
      </Form.Item>
      <Form.Item
        name="correct_days"
        label={t('public.settings.correct_days')}
        rules={[{ required: true, pattern: /^\d{1,3}$/, message: t('public.settings.days_wrong') }]}
      >
        <Input className="num" inputMode="numeric" maxLength={3} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={busy}>
        {t('kit.save')}
      </Button>
    </Form>
  )
}

function OnOff({ value = 'on', onChange }: { value?: string; onChange?: (v: string) => void }) {
  const { t } = useTranslation()
  return (
    <Choice
      label={t('public.settings.pages')}
      value={value}
      onChange={(v) => onChange?.(v)}
      options={[
        { value: 'on', label: t('public.settings.on') },
        { value: 'off', label: t('public.settings.off') },
      ]}
    />
  )
}

/** What the rulebooks in force open to people without an account. */
function OpenNow() {
  const { t } = useTranslation()
  const text = useText()
  const open = useOpen()
  return (
    <Panel
      title={t('public.settings.open')}
      extra={
        <a href="/public" target="_blank" rel="noreferrer">
          {t('public.settings.look')} <ExternalLink size={12} aria-hidden />
        </a>
      }
    >
      <QueryView query={open} lines={3}>
        {(list) =>
          list.items.length > 0 ? (
            <ul>
              {list.items.map((o) => (
                <li key={keyOf(o)}>{text(o.title)}</li>
              ))}
            </ul>
          ) : (
            <p className="muted">{list.on ? t('public.none_hint') : t('public.off')}</p>
          )
        }
      </QueryView>
    </Panel>
  )
}
