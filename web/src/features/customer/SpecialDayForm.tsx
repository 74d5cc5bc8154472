import { Form, type FormInstance, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { http, type Schemas } from '@/api/client'
import { FormDrawer } from '@/kit/FormDrawer'
import { useFormat } from '@/kit/format'
import { useRefresh } from './data'
import type { SpecialDay } from './SpecialDays'
import { dayName, daysIn, monthName } from './yearly'

interface Values {
  contact_id: string
  kind: 'birthday' | 'day'
  name?: string
  calendar: 'solar' | 'lunar'
  year?: string
  month: number
  day: number
  note?: string
}

interface Props {
  customerID: string
  person: boolean
  contacts: Schemas['RecordContactView'][]
  /** Undefined for a new one. */
  day?: SpecialDay
  onClose: () => void
}

const MONTHS = 12
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1)

/** The form of a special day. */
export default function SpecialDayForm({ customerID, person, contacts, day: d, onClose }: Props) {
  const { t } = useTranslation()
  const refresh = useRefresh()
  const submit = async (v: Values) => {
    const { calendar, year, ...rest } = v
    const body = { ...rest, lunar: calendar === 'lunar', year: Number(year || 0) }
    const path = { id: customerID }
    if (d)
      await http.PUT('/api/v1/customers/{id}/special-days/{day}', {
        params: { path: { ...path, day: d.id }, header: { 'If-Match': `"${d.version}"` } },
        body,
      })
    else await http.POST('/api/v1/customers/{id}/special-days', { params: { path }, body })
    await refresh()
  }
  const initial: Partial<Values> = d
    ? {
        contact_id: d.contact_id,
        kind: d.kind,
        name: d.name,
        calendar: d.lunar ? 'lunar' : 'solar',
        year: d.year ? String(d.year) : '',
        month: d.month,
        day: d.day,
        note: d.note,
      }
    : { contact_id: '', kind: 'day', calendar: 'solar' }
  return (
    <FormDrawer<Values>
      open
      title={t(d ? 'special.change' : 'special.create')}
      initial={initial}
      done={t('record.saved')}
      onSubmit={submit}
      onClose={onClose}
    >
      {(form) => <Inputs form={form} person={person} contacts={contacts} />}
    </FormDrawer>
  )
}

function Inputs({ form, person, contacts }: Pick<Props, 'person' | 'contacts'> & { form: FormInstance<Values> }) {
  const { t } = useTranslation()
  const { locale } = useFormat()
  const kind = Form.useWatch('kind', form)
  const lunar = Form.useWatch('calendar', form) === 'lunar'
  const month = Form.useWatch('month', form)
  const needed = [{ required: true, message: t('kit.form.required') }]
  const itself = kind !== 'birthday' || person
  return (
    <>
      <div className="two">
        <Form.Item name="kind" label={t('special.kind')}>
          <Select
            options={(['day', 'birthday'] as const).map((k) => ({ value: k, label: t(`special.kinds.${k}`) }))}
            onChange={(k) => {
              if (k === 'birthday' && !person && form.getFieldValue('contact_id') === '')
                form.setFieldValue('contact_id', contacts[0]?.id)
            }}
          />
        </Form.Item>
        <Form.Item name="contact_id" label={t('special.whose')} rules={itself ? [] : needed}>
          <Select
            options={[
              ...(itself ? [{ value: '', label: t('special.customer') }] : []),
              ...contacts.map((c) => ({ value: c.id, label: c.name })),
            ]}
          />
        </Form.Item>
      </div>
      {kind !== 'birthday' && (
        <Form.Item
          name="name"
          label={t('special.name')}
          rules={[{ required: true, whitespace: true, message: t('kit.form.required') }]}
        >
          <Input maxLength={80} placeholder={t('special.name_hint')} />
        </Form.Item>
      )}
      <div className="two">
        <Form.Item name="calendar" label={t('special.calendar')}>
          <Select
            options={(['solar', 'lunar'] as const).map((c) => ({ value: c, label: t(`special.calendars.${c}`) }))}
          />
        </Form.Item>
        <Form.Item
          name="year"
          label={t('special.year')}
          rules={[{ pattern: /^\d{4}$/, message: t('special.year_wrong') }]}
        >
          <Input className="num" maxLength={4} inputMode="numeric" placeholder={t('special.year_hint')} />
        </Form.Item>
        <Form.Item name="month" label={t('special.month')} rules={needed}>
          <Select options={upTo(MONTHS).map((m) => ({ value: m, label: monthName(locale, lunar, m) }))} />
        </Form.Item>
        <Form.Item name="day" label={t('special.day')} rules={needed}>
          <Select
            showSearch
            options={upTo(daysIn(lunar, month ?? 1)).map((n) => ({ value: n, label: dayName(locale, lunar, n) }))}
          />
        </Form.Item>
      </div>
      <Form.Item name="note" label={t('customer.field.note')} className="form-last">
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
    </>
  )
}
