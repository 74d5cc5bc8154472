import { Form, Input, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { api, http, type Schemas } from '@/api/client'
import { useKeyFor } from '@/api/useKeyFor'
import { useMe } from '@/app/account'
import { DateInput } from '@/kit/DateInput'
import { FormDrawer } from '@/kit/FormDrawer'
import { useText } from '@/kit/text'
import { kinds, type Seminar, useHappened } from './data'

type Body = Schemas['SeminarPlanBody']

interface Values extends Omit<Body, 'rulebook' | 'rule' | 'grade'> {
  asked?: string
}

const keyOf = (a: { rulebook: string; rule: string; grade: string }): string => [a.rulebook, a.rule, a.grade].join('|')

/** Plans an event, or changes one that is planned. */
export default function SeminarForm(p: { of?: Seminar; onClose: () => void; onSaved?: (m: Seminar) => void }) {
  const { t } = useTranslation()
  const text = useText()
  const me = useMe()
  const happened = useHappened()
  const [keyFor] = useKeyFor()
  const people = api.useQuery('get', '/api/v1/colleagues', {}, { staleTime: 300_000 })
  const rules = api.useQuery('get', '/api/v1/seminars/asked')
  const staff = (people.data?.items ?? []).filter((c) => c.active).map((c) => ({ value: c.id, label: c.name }))
  const offered = rules.data?.items ?? []
  // What the event is held for stays on offer, also when nothing is owed by it any more.
  const all =
    p.of?.asked && !offered.some((a) => keyOf(a) === keyOf(p.of?.asked ?? a)) ? [p.of.asked, ...offered] : offered
  const submit = async ({ asked, ...v }: Values) => {
    const [rulebook, rule, grade] = asked?.split('|') ?? []
    const body: Body = {
      ...v,
      from: v.from || undefined,
      to: v.to || undefined,
      rulebook,
      rule,
      grade: grade || undefined,
    }
    const { data } = p.of
      ? await http.PUT('/api/v1/seminars/{id}', {
          params: { path: { id: p.of.id }, header: { 'If-Match': `"${p.of.version}"` } },
          body,
        })
      : await http.POST('/api/v1/seminars', { params: { header: keyFor(body) }, body })
    await happened()
    if (data) p.onSaved?.(data)
  }
  const required = [{ required: true, whitespace: true, message: t('kit.form.required') }]
  return (
    <FormDrawer<Values>
      open
      title={t(p.of ? 'seminar.edit' : 'seminar.plan')}
      initial={p.of ? valuesOf(p.of) : { kind: 'seminar', organiser_id: me?.id, guests: 0 }}
      done={t('seminar.saved')}
      onSubmit={submit}
      onClose={p.onClose}
    >
      <Form.Item name="title_zh" label={t('seminar.title_zh')} rules={required}>
        <Input maxLength={120} />
      </Form.Item>
      <Form.Item name="title_en" label={t('seminar.title_en')}>
        <Input maxLength={120} />
      </Form.Item>
      <div className="two">
        <Form.Item name="kind" label={t('seminar.kind')} rules={required}>
          <Select options={kinds.map((k) => ({ value: k, label: t(`seminar.kinds.${k}`) }))} />
        </Form.Item>
        <Form.Item name="on" label={t('seminar.on')} rules={required}>
          <DateInput />
        </Form.Item>
      </div>
      <div className="two">
        <Form.Item name="from" label={t('seminar.from')}>
          <Input type="time" className="num" />
        </Form.Item>
        <Form.Item name="to" label={t('seminar.to')}>
          <Input type="time" className="num" />
        </Form.Item>
      </div>
      <Form.Item name="place" label={t('seminar.place')}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="about" label={t('seminar.about')} extra={t('seminar.about_hint')}>
        <Input.TextArea rows={4} maxLength={4000} />
      </Form.Item>
      <div className="two">
        <Form.Item name="capacity" label={t('seminar.capacity')} extra={t('seminar.capacity_hint')}>
          <InputNumber min={0} max={20000} precision={0} className="grow" />
        </Form.Item>
        <Form.Item name="guests" label={t('seminar.guests')}>
          <InputNumber min={0} max={20} precision={0} className="grow" />
        </Form.Item>
      </div>
      <div className="two">
        <Form.Item name="answer_by" label={t('seminar.answer_by')}>
          <DateInput />
        </Form.Item>
        <Form.Item name="budget" label={t('seminar.budget')}>
          <Input inputMode="decimal" className="num" suffix="CNY" />
        </Form.Item>
      </div>
      <Form.Item name="asked" label={t('seminar.asked')} extra={t('seminar.asked_hint')}>
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          loading={rules.isPending}
          placeholder={t('seminar.asked_none')}
          options={all.map((a) => ({
            value: keyOf(a),
            label: [
              a.clause,
              text({ zh: a.title_zh, en: a.title_en }),
              a.grade,
              a.owed ? t('seminar.owed', { n: a.owed }) : '',
            ]
              .filter(Boolean)
              .join(' · '),
          }))}
        />
      </Form.Item>
      <Form.Item name="organiser_id" label={t('seminar.organiser')} rules={required}>
        <Select showSearch={{ optionFilterProp: 'label' }} options={staff} />
      </Form.Item>
      <Form.Item name="team" label={t('seminar.team')} extra={t('seminar.team_hint')} className="form-last">
        <Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={staff} />
      </Form.Item>
    </FormDrawer>
  )
}

function valuesOf(m: Seminar): Values {
  return {
    title_zh: m.title_zh,
    title_en: m.title_en,
    kind: m.kind,
    on: m.on,
    from: m.from,
    to: m.to,
    place: m.place,
    about: m.about,
    organiser_id: m.organiser_id,
    team: m.team,
    capacity: m.capacity,
    guests: m.guests,
    answer_by: m.answer_by,
    budget: m.budget,
    currency: m.currency,
    asked: m.asked ? keyOf(m.asked) : undefined,
  }
}
