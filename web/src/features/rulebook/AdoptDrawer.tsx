import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { http, type Schemas } from '@/api/client'
import { DateInput } from '@/kit/DateInput'
import { FormDrawer } from '@/kit/FormDrawer'
import { civil } from '@/kit/format'
import { useRefreshed } from './Requests'
import { SettingItems } from './SettingInput'
import { changedSettings } from './settingWords'

type Rulebook = Schemas['RulebookView']

interface Values {
  version: string
  effective_from: string
  note?: string
  settings?: Record<string, string | undefined>
}

/** valuesOf gives the values that hold now, to start from. */
export const valuesOf = (b: Rulebook): Record<string, string> =>
  Object.fromEntries(b.settings.map((s) => [s.name, s.value]))

/** Puts a version into force from a day on, or sends it for adoption where a case decides. */
export function AdoptDrawer(p: { book: Rulebook; version: string; onClose: () => void; onAdopted: () => void }) {
  const { t } = useTranslation()
  const refresh = useRefreshed()
  const b = p.book
  const today = civil(new Date())
  const submit = async (v: Values) => {
    const params = { path: { id: b.id } }
    const body = {
      version: v.version,
      effective_from: v.effective_from,
      note: v.note?.trim() || undefined,
      settings: changedSettings(b.settings, v.settings),
    }
    if (b.by_case) await http.POST('/api/v1/rulebooks/{id}/adoption-requests', { params, body })
    else await http.POST('/api/v1/rulebooks/{id}/adopt', { params, body })
    p.onAdopted()
    await refresh()
  }
  return (
    <FormDrawer<Values>
      open
      title={t(b.by_case ? 'rulebook.adopt.send' : 'rulebook.adopt.do')}
      initial={{ version: p.version, effective_from: today, settings: valuesOf(b) }}
      submitText={t(b.by_case ? 'rulebook.adopt.send' : 'rulebook.adopt.submit')}
      done={t(b.by_case ? 'rulebook.adopt.sent' : 'rulebook.adopt.done')}
      onSubmit={submit}
      onClose={p.onClose}
    >
      <ul className="will">
        {b.by_case && <li>{t('draft.send.will_case')}</li>}
        <li>
          {t(b.in_force ? 'rulebook.adopt.will_replace' : 'rulebook.adopt.will_start', {
            version: b.in_force?.version,
          })}
        </li>
        <li>{t('rulebook.adopt.will_keep')}</li>
        <li>{t('rulebook.adopt.will_grade')}</li>
      </ul>
      <div className="two">
        <Form.Item name="version" label={t('rulebook.version')} rules={[{ required: true }]}>
          <Select options={b.versions.map((v) => ({ value: v.version, label: v.version }))} />
        </Form.Item>
        <Form.Item
          name="effective_from"
          label={t('rulebook.adopt.from')}
          rules={[{ required: true, message: t('kit.form.required') }]}
        >
          <DateInput min={b.in_force ? today : undefined} />
        </Form.Item>
      </div>
      <Form.Item name="note" label={t('rulebook.adopt.note')} extra={t('rulebook.adopt.note_hint')}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
      {b.settings.length > 0 && <h3 className="form-part">{t('rulebook.tab.settings')}</h3>}
      <SettingItems settings={b.settings} />
    </FormDrawer>
  )
}
