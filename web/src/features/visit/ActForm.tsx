import { App, Checkbox, Form, Input, Select } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { DateInput } from '@/kit/DateInput'
import { FilesInput } from '@/kit/Evidence'
import { FormDrawer } from '@/kit/FormDrawer'
import { type Act, unagreed, type Visit } from './data'
import { WhenFields } from './PlanForm'
import type { ActBody, Unsent } from './unsent/queue'
import { useSend } from './unsent/useSend'

interface Values extends Partial<Omit<Schemas['VisitActBody'], 'files' | 'act'>> {
  photos?: File[]
}

const hows = ['phone', 'mail', 'in_person', 'referral', 'other'] as const

const MILLIONTHS = 1_000_000
const LOCATE_MS = 15_000

/**
 * The form of an act that needs more than a press: check-in, report, another day, cancellation. What happened on the spot is kept
 * on the phone when there is no network. `again` is such an entry that was refused: it is changed and keeps its moment and place.
 */
export function ActForm(p: { visit: Visit; act: Act; again?: Unsent; onClose: () => void }) {
  const { visit: v, act, again } = p
  const { t } = useTranslation()
  const { message } = App.useApp()
  const send = useSend()
  const found = useSpot(act === 'arrive' && !again)
  const spot = again ? spotOf(again.body) : found
  const submit = async ({ photos = [], ...rest }: Values) => {
    const where = spot && spot !== 'unknown' ? spot : undefined
    const body = { ...filled(rest), act, ...(where && { where: where.at, accuracy_m: where.accuracy }) }
    const how = await send(v, body, photos, again)
    void message.success(t(how === 'kept' ? 'unsent.kept' : 'visit.saved'))
  }
  return (
    <FormDrawer<Values>
      open
      title={t(`visit.act.${act}`)}
      initial={initialOf(v, act, again)}
      onSubmit={submit}
      onClose={p.onClose}
    >
      {act === 'move' && <WhenFields />}
      {act === 'confirm' && <AgreedFields />}
      {(act === 'set_out' || act === 'arrive') && unagreed(v) && (
        <Words name="no_appointment" label={t('visit.no_appointment')} required max={500} />
      )}
      {act === 'cancel' && <Words name="reason" label={t('visit.reason')} required max={500} />}
      {act === 'arrive' && <ArriveFields spot={spot} />}
      {act === 'report' && (
        <ReportFields early={v.duty && v.on < v.duty.window_from ? v.duty.window_from : undefined} />
      )}
    </FormDrawer>
  )
}

function initialOf(v: Visit, act: Act, again: Unsent | undefined): Values {
  if (act === 'confirm')
    return { on: v.on, from: v.from || undefined, to: v.to || undefined, with: v.theirs.join('、') }
  if (act === 'move') return { on: v.on, from: v.from || undefined, to: v.to || undefined }
  if (!again) return {}
  const { act: _, files: __, ...said } = again.body
  return { ...said, photos: again.photos }
}

/** filled leaves out what was left empty. */
const filled = (v: Values): Values =>
  Object.fromEntries(Object.entries(v).filter(([, x]) => x !== undefined && x !== ''))

function Words({ name, label, required, max }: { name: string; label: string; required?: boolean; max: number }) {
  const { t } = useTranslation()
  return (
    <Form.Item name={name} label={label} rules={[{ required, whitespace: true, message: t('kit.form.required') }]}>
      <Input.TextArea rows={required ? 4 : 2} maxLength={max} />
    </Form.Item>
  )
}

function ArriveFields({ spot }: { spot: Spot | 'unknown' | undefined }) {
  const { t } = useTranslation()
  const found = spot !== undefined && spot !== 'unknown'
  return (
    <>
      <p className="muted" role="status">
        {found
          ? t('visit.located', { n: spot.accuracy })
          : t(spot === 'unknown' ? 'visit.unlocated' : 'visit.locating')}
      </p>
      {found && (
        <Form.Item name="keep_place" valuePropName="checked">
          <Checkbox>{t('visit.keep_place')}</Checkbox>
        </Form.Item>
      )}
      <Form.Item name="photos" label={t('visit.photo')} className="form-last">
        <FilesInput />
      </Form.Item>
    </>
  )
}

/** With whom, when and how a visit was agreed. */
function AgreedFields() {
  const { t } = useTranslation()
  const required = { required: true, whitespace: true, message: t('kit.form.required') }
  return (
    <>
      <WhenFields />
      <Form.Item name="with" label={t('visit.with')} rules={[required]}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="how" label={t('visit.how')} rules={[required]} className="form-last">
        <Select options={hows.map((value) => ({ value, label: t(`visit.hows.${value}`) }))} />
      </Form.Item>
    </>
  )
}

/** early is the duty's first day where the visit took place before it. */
function ReportFields({ early }: { early: string | undefined }) {
  const { t } = useTranslation()
  return (
    <>
      <Form.Item name="met" label={t('visit.met')}>
        <Input maxLength={200} />
      </Form.Item>
      <Words name="report" label={t('visit.report')} required max={2000} />
      <Words name="feedback" label={t('visit.feedback')} max={2000} />
      <Form.Item name="next_on" label={t('visit.next_on')} extra={t('visit.next_planned')}>
        <DateInput />
      </Form.Item>
      {early && <Words name="late_reason" label={t('visit.late_reason', { day: early })} required max={500} />}
      <Form.Item name="photos" label={t('visit.files')} className="form-last">
        <FilesInput />
      </Form.Item>
    </>
  )
}

interface Spot {
  at: Schemas['VisitSpotView']
  /** Metres. */
  accuracy: number
}

const spotOf = (b: ActBody): Spot | 'unknown' => (b.where ? { at: b.where, accuracy: b.accuracy_m ?? 0 } : 'unknown')

/** useSpot finds where the phone is; undefined while it looks, `unknown` when it cannot say. It is never a condition. */
function useSpot(on: boolean): Spot | 'unknown' | undefined {
  const [spot, setSpot] = useState<Spot | 'unknown'>()
  useEffect(() => {
    if (!on) return
    if (!('geolocation' in navigator)) {
      setSpot('unknown')
      return
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords: c }) =>
        setSpot({
          at: { lat_e6: Math.round(c.latitude * MILLIONTHS), lon_e6: Math.round(c.longitude * MILLIONTHS) },
          accuracy: Math.round(c.accuracy),
        }),
      () => setSpot('unknown'),
      { enableHighAccuracy: true, timeout: LOCATE_MS },
    )
  }, [on])
  return spot
}
