import { Checkbox, Form, Input } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { http, type Schemas } from '@/api/client'
import { useKeyFor } from '@/api/useKeyFor'
import { DateInput } from '@/kit/DateInput'
import { FilesInput } from '@/kit/Evidence'
import { FormDrawer } from '@/kit/FormDrawer'
import { sendFiles } from '@/kit/sendFiles'
import { type Act, useSettled, type Visit } from './data'
import { WhenFields } from './PlanForm'

interface Values extends Partial<Omit<Schemas['VisitActBody'], 'files' | 'act'>> {
  photos?: File[]
}

const MILLIONTHS = 1_000_000
const LOCATE_MS = 15_000

/** The form of an act that needs more than a press: check-in, report, another day, cancellation. */
export function ActForm({ visit: v, act, onClose }: { visit: Visit; act: Act; onClose: () => void }) {
  const { t } = useTranslation()
  const settled = useSettled()
  const [keyFor] = useKeyFor()
  const spot = useSpot(act === 'arrive')
  const submit = async ({ photos, ...rest }: Values) => {
    const files = await sendFiles(photos ?? [])
    const where = spot && spot !== 'unknown' ? spot : undefined
    const body = { ...filled(rest), act, files, ...(where && { where: where.at, accuracy_m: where.accuracy }) }
    const { data } = await http.POST('/api/v1/visits/{id}/acts', {
      params: { path: { id: v.id }, header: keyFor(body) },
      body,
    })
    if (data) await settled(data)
  }
  return (
    <FormDrawer<Values>
      open
      title={t(`visit.act.${act}`)}
      initial={act === 'move' ? { on: v.on, from: v.from || undefined, to: v.to || undefined } : {}}
      done={t('visit.saved')}
      onSubmit={submit}
      onClose={onClose}
    >
      {act === 'move' && <WhenFields />}
      {act === 'cancel' && <Words name="reason" label={t('visit.reason')} required max={500} />}
      {act === 'arrive' && <ArriveFields spot={spot} />}
      {act === 'report' && (
        <ReportFields early={v.duty && v.on < v.duty.window_from ? v.duty.window_from : undefined} />
      )}
    </FormDrawer>
  )
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
      <Form.Item name="next_on" label={t('visit.next_on')}>
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
