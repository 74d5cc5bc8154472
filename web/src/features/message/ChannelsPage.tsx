import { useQueryClient } from '@tanstack/react-query'
import { App, Button, Form, type FormInstance, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http, type Schemas } from '@/api/client'
import { type ApiError, asApiError, sentence } from '@/api/error'
import { Choice } from '@/kit/Choice'
import { ErrorState } from '@/kit/ErrorState'
import { FormDrawer, markRequired, placeErrors } from '@/kit/FormDrawer'
import { QueryView } from '@/kit/Loading'
import { NoAccess } from '@/kit/NoAccess'
import { Page, Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import { StatusDot } from '@/kit/StatusDot'
import { usePermission } from '@/kit/usePermission'
import { clockOf, minuteOf } from './clock'
import { channels, useChannels, useSettle } from './data'

type Policy = Schemas['MessagePolicy']
type Channel = Schemas['MessageChannelView']

/** Which channels are set up, a test of each, and the rules all messages keep. */
export default function ChannelsPage() {
  const { t } = useTranslation()
  const may = usePermission('system.manage')
  const policy = api.useQuery('get', '/api/v1/settings/messages', {}, { enabled: may })
  if (!may) return <NoAccess title={t('message.settings.title')} />
  return (
    <Page title={t('message.settings.title')}>
      <div className="stack">
        <Channels />
        <Panel title={t('message.settings.rules')}>
          <QueryView query={policy} lines={6}>
            {(p) => <PolicyForm of={p} />}
          </QueryView>
        </Panel>
      </div>
    </Page>
  )
}

function Channels() {
  const { t } = useTranslation()
  const list = useChannels()
  const [trying, setTrying] = useState<Channel>()
  return (
    <Panel title={t('message.settings.channels')}>
      <p className="muted">{t('message.settings.channels_hint')}</p>
      <QueryView query={list} lines={4}>
        {(d) => (
          <PlainTable
            rows={d.items}
            rowKey={(c) => c.name}
            columns={[
              { key: 'name', title: t('message.channel'), head: true, render: (c) => t(`message.channels.${c.name}`) },
              {
                key: 'ready',
                title: t('message.settings.state'),
                render: (c) => (
                  <StatusDot
                    label={t(c.ready ? 'message.settings.ready' : 'message.settings.missing')}
                    tone={c.ready ? 'ok' : 'neutral'}
                  />
                ),
              },
              { key: 'target', title: t('message.settings.target'), render: (c) => c.target || '—' },
              {
                key: 'test',
                title: '',
                render: (c) =>
                  c.ready && (
                    <Button size="small" onClick={() => setTrying(c)}>
                      {t('message.settings.test')}
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </QueryView>
      {trying && <TestForm channel={trying.name} onClose={() => setTrying(undefined)} />}
    </Panel>
  )
}

function TestForm({ channel, onClose }: { channel: Channel['name']; onClose: () => void }) {
  const { t } = useTranslation()
  const settle = useSettle()
  return (
    <FormDrawer<{ to: string }>
      open
      title={`${t('message.settings.test')} · ${t(`message.channels.${channel}`)}`}
      submitText={t('message.send')}
      done={t('message.settings.tested')}
      onSubmit={async (body) => {
        await http.POST('/api/v1/channels/{name}/test', { params: { path: { name: channel } }, body })
        await settle()
      }}
      onClose={onClose}
    >
      <Form.Item
        name="to"
        label={t('message.address')}
        extra={t('message.settings.test_hint')}
        rules={[{ required: true, whitespace: true, message: t('kit.form.required') }]}
      >
        <Input maxLength={300} autoFocus />
      </Form.Item>
    </FormDrawer>
  )
}

interface Values extends Omit<Policy, 'quiet_from' | 'quiet_to' | 'cap' | 'cap_days'> {
  quiet_from: string
  quiet_to: string
  cap: string
  cap_days: string
}

function PolicyForm({ of: p }: { of: Policy }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const client = useQueryClient()
  const [form] = Form.useForm<Values>()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<ApiError>()
  const submit = async (v: Values) => {
    setBusy(true)
    setFailure(undefined)
    try {
      const body: Policy = {
        ...v,
        quiet_from: minuteOf(v.quiet_from),
        quiet_to: minuteOf(v.quiet_to),
        cap: Number(v.cap),
        cap_days: Number(v.cap_days),
      }
      await http.PUT('/api/v1/settings/messages', { body })
      await client.invalidateQueries({ queryKey: ['get', '/api/v1/settings/messages'] })
      void message.success(t('message.settings.saved'))
    } catch (e) {
      setFailure(placeErrors(asApiError(e), form as unknown as FormInstance, (code, args) => sentence(t, code, args)))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      requiredMark={markRequired}
      initialValues={{
        ...p,
        quiet_from: clockOf(p.quiet_from),
        quiet_to: clockOf(p.quiet_to),
        cap: String(p.cap),
        cap_days: String(p.cap_days),
      }}
      onFinish={(v) => void submit(v)}
    >
      {failure && <ErrorState inline error={failure} />}
      <PolicyFields />
      <Button type="primary" htmlType="submit" loading={busy}>
        {t('kit.save')}
      </Button>
    </Form>
  )
}

function PolicyFields() {
  const { t } = useTranslation()
  const time = [{ required: true, pattern: /^([01]\d|2[0-3]):[0-5]\d$/, message: t('message.settings.time_wrong') }]
  const whole = [{ required: true, pattern: /^\d{1,4}$/, message: t('message.settings.whole_wrong') }]
  return (
    <>
      <div className="two">
        <Form.Item
          name="quiet_from"
          label={t('message.settings.quiet_from')}
          rules={time}
          extra={t('message.settings.quiet_hint')}
        >
          <Input className="num" maxLength={5} />
        </Form.Item>
        <Form.Item name="quiet_to" label={t('message.settings.quiet_to')} rules={time}>
          <Input className="num" maxLength={5} />
        </Form.Item>
        <Form.Item name="cap" label={t('message.settings.cap')} rules={whole} extra={t('message.settings.cap_hint')}>
          <Input className="num" inputMode="numeric" maxLength={4} />
        </Form.Item>
        <Form.Item name="cap_days" label={t('message.settings.cap_days')} rules={whole}>
          <Input className="num" inputMode="numeric" maxLength={3} />
        </Form.Item>
        <Form.Item name={['organisation', 'zh']} label={t('message.settings.organisation_zh')}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name={['organisation', 'en']} label={t('message.settings.organisation_en')}>
          <Input maxLength={80} />
        </Form.Item>
      </div>
      <Form.Item name="language" label={t('message.settings.language')}>
        <LanguageChoice />
      </Form.Item>
      <Form.Item name="off" label={t('message.settings.off')}>
        <Select mode="multiple" options={channels.map((c) => ({ value: c, label: t(`message.channels.${c}`) }))} />
      </Form.Item>
    </>
  )
}

function LanguageChoice({ value = 'zh', onChange }: { value?: 'zh' | 'en'; onChange?: (v: 'zh' | 'en') => void }) {
  const { t } = useTranslation()
  return (
    <Choice
      label={t('message.settings.language')}
      value={value}
      onChange={(v) => onChange?.(v)}
      options={(['zh', 'en'] as const).map((l) => ({ value: l, label: t(`message.lang.${l}`) }))}
    />
  )
}
