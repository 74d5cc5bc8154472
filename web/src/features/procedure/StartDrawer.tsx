import { useNavigate } from '@tanstack/react-router'
import { App, Form, Input, Select } from 'antd'
import { lazy, Suspense, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http } from '@/api/client'
import { useKeyFor } from '@/api/useKeyFor'
import { CustomerSelect } from '@/kit/CustomerSelect'
import { EmptyState } from '@/kit/EmptyState'
import { ErrorState } from '@/kit/ErrorState'
import { FormDrawer } from '@/kit/FormDrawer'
import { SkeletonLines } from '@/kit/Loading'
import { useText } from '@/kit/text'
import { answersOf, formOf, type Startable, useRefresh, type Values } from './data'
import { FormFields } from './FormFields'
import { StepList } from './StepList'

const MachineChoice = lazy(() => import('./MachineChoice'))

interface Props {
  /** `rulebook/procedure`; undefined while nothing is chosen. */
  chosen?: string
  customer?: string
  /** Answers the form begins with, as JSON of texts by entry. */
  fill?: string
  /** The visit or call the case comes from, as `visit:ID`: what the customer said there stands in the form. */
  about?: string
  onChoose: (key: string) => void
  onClose: () => void
}

interface StartValues {
  customer_id?: string
  channel?: string
  title?: string
  answers?: Values
}

/** The answers a link gives; what is no object of texts gives none. */
function filledIn(fill?: string): Values | undefined {
  try {
    const all: unknown = JSON.parse(fill ?? '{}')
    if (typeof all !== 'object' || !all) return undefined
    return Object.fromEntries(Object.entries(all).filter(([, v]) => typeof v === 'string'))
  } catch {
    return undefined
  }
}

const keyOf = (p: Startable): string => `${p.rulebook}/${p.definition?.key}`

/** Begins a case: which procedure, about whom, the form it begins with, and what will happen then. */
export default function StartDrawer({ chosen, customer, fill, about, onChoose, onClose }: Props) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const refresh = useRefresh()
  const [keyFor] = useKeyFor()
  const begun = useRef<string>(undefined)
  const list = api.useQuery('get', '/api/v1/procedures', {})
  const said = useSaid(about, customer)
  const procedure = list.data?.items.find((p) => keyOf(p) === chosen)
  const submit = async (v: StartValues) => {
    if (!procedure?.definition) return
    const fields = formOf(procedure.definition, procedure.definition.start.form)?.fields ?? []
    const body = {
      rulebook: procedure.rulebook,
      procedure: procedure.definition.key,
      customer_id: v.customer_id,
      channel: v.channel,
      title: v.title,
      subject: about,
      answers: await answersOf(fields, v.answers ?? {}),
    }
    const { data } = await http.POST('/api/v1/cases', { params: { header: keyFor(body) }, body })
    refresh()
    if (!data) return
    void message.success(t('procedure.start.done', { number: data.number }))
    begun.current = data.id
  }
  // The form closes after a success too: then it gives way to the case.
  const close = () => {
    if (begun.current) void navigate({ to: '/cases/$id', params: { id: begun.current } })
    else onClose()
  }
  return (
    <FormDrawer<StartValues>
      open
      wide
      title={t('procedure.start.do')}
      initial={{ customer_id: customer, answers: filledIn(fill) }}
      submitText={t('procedure.start.submit')}
      onSubmit={submit}
      onClose={close}
    >
      {list.error ? <ErrorState error={list.error} onRetry={() => void list.refetch()} inline /> : null}
      {list.isPending && <SkeletonLines lines={4} />}
      {list.data?.items.length === 0 && (
        <EmptyState title={t('procedure.start.none')} hint={t('procedure.start.none_hint')} />
      )}
      {list.data && list.data.items.length > 0 && (
        <Choose items={list.data.items} chosen={procedure} onChoose={onChoose} />
      )}
      {procedure && <About of={procedure} said={said} />}
    </FormDrawer>
  )
}

function Choose({
  items,
  chosen,
  onChoose,
}: {
  items: Startable[]
  chosen?: Startable
  onChoose: (key: string) => void
}) {
  const { t } = useTranslation()
  const text = useText()
  const books = [...new Set(items.map((p) => p.rulebook))]
  return (
    <Form.Item label={t('procedure.procedure')} required>
      <Select
        autoFocus={!chosen}
        aria-label={t('procedure.procedure')}
        value={chosen ? keyOf(chosen) : undefined}
        placeholder={t('procedure.start.choose')}
        onChange={onChoose}
        showSearch={{ optionFilterProp: 'label' }}
        options={books.map((b) => {
          const own = items.filter((p) => p.rulebook === b)
          return {
            label: text(own[0]?.rulebook_title),
            title: b,
            options: own.map((p) => ({ value: keyOf(p), label: text(p.definition?.title) })),
          }
        })}
      />
    </Form.Item>
  )
}

/** What the customer said in the visit or call a case comes from. */
function useSaid(about?: string, customer?: string): string | undefined {
  const [kind, id = ''] = (about ?? '').split(':')
  const visit = api.useQuery('get', '/api/v1/visits/{id}', { params: { path: { id } } }, { enabled: kind === 'visit' })
  const calls = api.useQuery('get', '/api/v1/calls', { params: { query: { customer } } }, { enabled: kind === 'call' })
  return visit.data?.feedback || calls.data?.items.find((c) => c.id === id)?.note
}

function About({ of: p, said }: { of: Startable; said?: string }) {
  const { t } = useTranslation()
  const antForm = Form.useFormInstance()
  const customer = Form.useWatch<string | undefined>('customer_id')
  const text = useText()
  const d = p.definition
  if (!d) return null
  const form = formOf(d, d.start.form)
  // What the form takes over from the customer stands there as soon as the customer is chosen, and may be changed.
  const named = (name: string) => {
    for (const f of form?.fields ?? [])
      if (f.from === 'customer.name' && f.type === 'text') antForm.setFieldValue(['answers', f.key], name)
  }
  // What was said stands in the first entry for a longer text, unless something was written there.
  const told = form?.fields?.find((f) => f.type === 'long_text')?.key
  useEffect(() => {
    if (told && said && !antForm.getFieldValue(['answers', told])) antForm.setFieldValue(['answers', told], said)
  }, [antForm, told, said])
  const serial = form?.fields?.some((f) => f.key === 'serial')
  const channels = (d.start.channels ?? []).filter((c) => c !== 'web')
  return (
    <>
      {d.about === 'customer' && (
        <Form.Item
          name="customer_id"
          label={t('procedure.customer')}
          required
          rules={[{ required: true, message: t('procedure.start.needs_customer') }]}
        >
          <CustomerSelect onName={named} />
        </Form.Item>
      )}
      <div className="two">
        {channels.length > 0 && (
          <Form.Item
            name="channel"
            label={t('procedure.channel')}
            required
            rules={[{ required: true, message: t('procedure.start.needs_channel') }]}
          >
            <Select
              options={channels.map((c) => ({ value: c, label: t(`procedure.channels.${c}`, { defaultValue: c }) }))}
            />
          </Form.Item>
        )}
        <Form.Item name="title" label={t('procedure.title')}>
          <Input maxLength={200} placeholder={t('procedure.start.title_hint')} />
        </Form.Item>
      </div>
      {form && (
        <fieldset className="rows">
          <legend>{text(form.title)}</legend>
          {serial && customer && (
            <Suspense>
              <MachineChoice customerID={customer} fields={form.fields ?? []} />
            </Suspense>
          )}
          <FormFields fields={form.fields ?? []} at={['answers']} />
        </fieldset>
      )}
      <details className="ahead" open={!form}>
        <summary>{t('procedure.start.what_follows', { count: d.steps?.length ?? 0 })}</summary>
        <StepList definition={d} />
      </details>
    </>
  )
}
