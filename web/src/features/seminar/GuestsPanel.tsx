import { keepPreviousData } from '@tanstack/react-query'
import { App, Button, Checkbox, Dropdown, Form, Input, InputNumber } from 'antd'
import { Ellipsis } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, byCursor, http } from '@/api/client'
import { errorText } from '@/api/error'
import { Choice } from '@/kit/Choice'
import { CustomerLink } from '@/kit/CustomerLink'
import { DataTable } from '@/kit/DataTable'
import { EmptyState } from '@/kit/EmptyState'
import { FilterBar } from '@/kit/FilterBar'
import { FormDrawer } from '@/kit/FormDrawer'
import { type FilterField, formatFilter, parseFilters } from '@/kit/filters'
import { phoneText } from '@/kit/phone'
import { StatusDot } from '@/kit/StatusDot'
import type { Column } from '@/kit/tableLayout'
import { useConfirm } from '@/kit/useConfirm'
import { answers, answerTones, type Guest, nameOf, type Seminar, useHappened } from './data'
import type { SeminarSearch } from './routes'

const LinkDialog = lazy(() => import('./LinkDialog'))

interface Props {
  of: Seminar
  search: SeminarSearch
  set: (patch: SeminarSearch) => void
}

/** Who is invited, what they said, and whether they came. */
export function GuestsPanel({ of: m, search, set }: Props) {
  const { t } = useTranslation()
  const filters = parseFilters(search.filter)
  const [answering, setAnswering] = useState<Guest>()
  const [linked, setLinked] = useState<Guest>()
  const came = filters.find((f) => f.field === 'came')?.values[0]
  const list = api.useInfiniteQuery(
    'get',
    '/api/v1/seminars/{id}/invitations',
    {
      params: {
        path: { id: m.id },
        query: {
          q: search.q || undefined,
          answer: filters.find((f) => f.field === 'answer')?.values,
          came: came === 'yes' || came === 'no' ? came : undefined,
        },
      },
    },
    { ...byCursor, placeholderData: keepPreviousData },
  )
  const columns = useColumns(setAnswering, setLinked, m)
  const fields: FilterField[] = [
    {
      key: 'answer',
      label: t('seminar.answer'),
      kind: 'choice',
      options: answers.map((v) => ({ value: v, label: t(`seminar.answers.${v}`) })),
    },
    {
      key: 'came',
      label: t('seminar.came'),
      kind: 'choice',
      single: true,
      options: (['yes', 'no'] as const).map((v) => ({ value: v, label: t(`seminar.came_is.${v}`) })),
    },
  ]
  return (
    <section aria-label={t('seminar.guests_list')}>
      <h2 className="guests-title">{t('seminar.guests_list')}</h2>
      <div className="guests">
        <DataTable<Guest>
          id="event-guests"
          label={t('seminar.guests_list')}
          columns={columns}
          rows={list.data?.pages.flatMap((p) => p.items)}
          rowKey={(g) => g.id}
          rowLabel={(g) => nameOf(g, t('seminar.removed'))}
          error={list.error}
          onRetry={() => void list.refetch()}
          refreshing={list.isRefetching}
          more={{ has: list.hasNextPage, loading: list.isFetchingNextPage, load: () => void list.fetchNextPage() }}
          bar={
            <FilterBar
              fields={fields}
              filters={filters}
              onFilters={(f) => set({ filter: f.map(formatFilter) })}
              q={search.q}
              onQ={(q) => set({ q })}
            />
          }
          card={(g) => (
            <>
              <div className="card-row">
                <Name of={g} />
                <Answered of={g} />
              </div>
              <span className="muted num">
                {[t('seminar.number_is', { n: g.number }), g.customer ? g.person : '', g.owner_name]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
              <div className="card-row">
                <Came of={g} />
                <Acts of={g} event={m} onAnswer={setAnswering} onLink={setLinked} />
              </div>
            </>
          )}
          empty={
            <EmptyState
              title={t(filters.length > 0 || search.q ? 'seminar.nobody_filtered' : 'seminar.nobody')}
              hint={filters.length > 0 || search.q ? undefined : t('seminar.nobody_hint')}
            />
          }
        />
      </div>
      <Suspense>
        {answering && <AnswerForm of={answering} event={m} onClose={() => setAnswering(undefined)} />}
        {linked && <LinkDialog of={linked} event={m} onClose={() => setLinked(undefined)} />}
      </Suspense>
    </section>
  )
}

function Name({ of: g }: { of: Guest }) {
  const { t } = useTranslation()
  if (!g.customer_id) return <span>{nameOf(g, t('seminar.removed'))}</span>
  return (
    <CustomerLink id={g.customer_id} className="link">
      {g.customer}
    </CustomerLink>
  )
}

function Answered({ of: g }: { of: Guest }) {
  const { t } = useTranslation()
  const more = g.guests > 0 ? ` +${g.guests}` : ''
  if (g.origin === 'walk_in') return <StatusDot label={t('seminar.walk_in')} tone="active" />
  return <StatusDot label={t(`seminar.answers.${g.answer}`) + more} tone={answerTones[g.answer]} />
}

function Came({ of: g }: { of: Guest }) {
  const { t } = useTranslation()
  return g.came > 0 ? (
    <span className="num">{t('seminar.people_came', { n: g.came })}</span>
  ) : (
    <span className="muted">—</span>
  )
}

interface ActsProps {
  of: Guest
  event: Seminar
  onAnswer: (g: Guest) => void
  onLink: (g: Guest) => void
}

/** What may be done with somebody on the list. */
function Acts({ of: g, event: m, onAnswer, onLink }: ActsProps) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const confirm = useConfirm()
  const happened = useHappened()
  const path = { params: { path: { id: m.id, invitation: g.id } } }
  const ask = (what: 'take_off' | 'take_back' | 'forget', act: () => Promise<unknown>) =>
    void confirm({
      title: t(`seminar.${what}`),
      text: t(`seminar.${what}_text`, { name: nameOf(g, t('seminar.removed')) }),
      ok: t(`seminar.${what}`),
      danger: true,
      action: async () => {
        await act()
        await happened()
      },
    })
  const checkIn = async () => {
    try {
      await http.POST('/api/v1/seminars/{id}/arrivals', {
        params: { path: { id: m.id } },
        body: { code: String(g.number) },
      })
      await happened()
    } catch (e) {
      void message.error(errorText(t, e))
    }
  }
  const does = {
    check_in: () => void checkIn(),
    take_back: () => ask('take_back', () => http.DELETE('/api/v1/seminars/{id}/arrivals/{invitation}', path)),
    take_off: () => ask('take_off', () => http.DELETE('/api/v1/seminars/{id}/invitations/{invitation}', path)),
    forget: () => ask('forget', () => http.POST('/api/v1/seminars/{id}/invitations/{invitation}/forget', path)),
  }
  const items: { key: string; label: string; onClick: () => void }[] = (Object.keys(does) as (keyof typeof does)[])
    .filter((a) => g.may.includes(a))
    .map((a) => ({ key: a, label: t(`seminar.${a}`), onClick: does[a] }))
  if (m.state === 'planned' && g.origin !== 'walk_in' && g.answer !== 'withdrawn')
    items.unshift({ key: 'link', label: t('seminar.link'), onClick: () => onLink(g) })
  return (
    <span className="guest-acts">
      {g.may.includes('answer') && (
        <button type="button" className="text-button" onClick={() => onAnswer(g)}>
          {t('seminar.enter_answer')}
        </button>
      )}
      {items.length > 0 && (
        <Dropdown trigger={['click']} menu={{ items }}>
          <Button
            type="text"
            size="small"
            aria-label={t('seminar.more_of', { name: nameOf(g, t('seminar.removed')) })}
            icon={<Ellipsis size={16} strokeWidth={1.75} />}
          />
        </Dropdown>
      )}
    </span>
  )
}

function useColumns(onAnswer: (g: Guest) => void, onLink: (g: Guest) => void, m: Seminar): Column<Guest>[] {
  const { t } = useTranslation()
  return [
    {
      key: 'number',
      title: t('seminar.number'),
      width: 64,
      align: 'right',
      render: (g) => <span className="num">{g.number}</span>,
    },
    { key: 'customer', title: t('seminar.customer'), width: 220, locked: true, render: (g) => <Name of={g} /> },
    { key: 'person', title: t('seminar.person'), width: 110, render: (g) => (g.customer ? g.person : '') },
    {
      key: 'phone',
      title: t('seminar.phone'),
      width: 140,
      optional: true,
      render: (g) => <span className="num">{phoneText(g.phone)}</span>,
    },
    { key: 'owner', title: t('seminar.owner'), width: 90, render: (g) => g.owner_name },
    {
      key: 'answer',
      title: t('seminar.answer'),
      width: 140,
      render: (g) => (
        <>
          <Answered of={g} /> {g.moved_up && <span className="muted">{t('seminar.moved_up')}</span>}
        </>
      ),
    },
    {
      key: 'guests',
      title: t('seminar.guest_names'),
      width: 150,
      optional: true,
      render: (g) => g.guest_names.join('、'),
    },
    { key: 'note', title: t('seminar.note'), width: 160, optional: true, render: (g) => g.note },
    { key: 'came', title: t('seminar.came'), width: 90, render: (g) => <Came of={g} /> },
    {
      key: 'acts',
      title: t('seminar.acts'),
      width: 150,
      render: (g) => <Acts of={g} event={m} onAnswer={onAnswer} onLink={onLink} />,
    },
  ]
}

interface AnswerValues {
  yes: 'yes' | 'no'
  guests?: number
  names?: string
  note?: string
  consent?: boolean
}

/** Enters what somebody said to an invitation. */
function AnswerForm({ of: g, event: m, onClose }: { of: Guest; event: Seminar; onClose: () => void }) {
  const { t } = useTranslation()
  const happened = useHappened()
  const submit = async (v: AnswerValues) => {
    await http.POST('/api/v1/seminars/{id}/invitations/{invitation}/answer', {
      params: { path: { id: m.id, invitation: g.id } },
      body: {
        yes: v.yes === 'yes',
        guests: v.guests ?? 0,
        guest_names: v.names?.split(/[,，、\n]/).filter((n) => n.trim() !== ''),
        note: v.note,
        consent: v.consent,
      },
    })
    await happened()
  }
  return (
    <FormDrawer<AnswerValues>
      open
      title={t('seminar.answer_of', { name: nameOf(g, '') })}
      initial={{
        yes: g.answer === 'no' ? 'no' : 'yes',
        guests: g.guests,
        names: g.guest_names.join('、'),
        note: g.note,
        consent: g.guest_names.length > 0,
      }}
      done={t('seminar.saved')}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item name="yes" label={t('seminar.answer')}>
        <YesNo />
      </Form.Item>
      {m.guests > 0 && (
        <>
          <Form.Item name="guests" label={t('seminar.brings', { n: m.guests })}>
            <InputNumber min={0} max={m.guests} precision={0} />
          </Form.Item>
          <Form.Item name="names" label={t('seminar.guest_names')} extra={t('seminar.names_hint')}>
            <Input />
          </Form.Item>
          <Form.Item name="consent" valuePropName="checked">
            <Checkbox>{t('seminar.consent')}</Checkbox>
          </Form.Item>
        </>
      )}
      <Form.Item name="note" label={t('seminar.note')} className="form-last">
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </FormDrawer>
  )
}

function YesNo({ value = 'yes', onChange }: { value?: 'yes' | 'no'; onChange?: (v: 'yes' | 'no') => void }) {
  const { t } = useTranslation()
  return (
    <Choice
      label={t('seminar.answer')}
      value={value}
      onChange={(v) => onChange?.(v)}
      options={(['yes', 'no'] as const).map((v) => ({ value: v, label: t(`seminar.answers.${v}`) }))}
    />
  )
}
