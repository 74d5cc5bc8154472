import { Form, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { http, type Schemas } from '@/api/client'
import { DateInput } from '@/kit/DateInput'
import { FormDrawer } from '@/kit/FormDrawer'
import { civil } from '@/kit/format'
import { valuesOf } from './AdoptDrawer'
import { SettingItems } from './SettingInput'
import { changedSettings } from './settingWords'

type Rulebook = Schemas['RulebookView']

interface Values {
  version: string
  as_of: string
  settings?: Record<string, string | undefined>
}

/** Asks who would move if a version with these settings were in force. */
export function SimulateDrawer(p: {
  book: Rulebook
  version: string
  onClose: () => void
  onStarted: (job: string) => void
}) {
  const { t } = useTranslation()
  const b = p.book
  const today = civil(new Date())
  const submit = async (v: Values) => {
    const { data } = await http.POST('/api/v1/rulebooks/{id}/simulate', {
      params: { path: { id: b.id } },
      body: { version: v.version, as_of: v.as_of, settings: changedSettings(b.settings, v.settings) },
    })
    if (data) p.onStarted(data.job_id)
  }
  return (
    <FormDrawer<Values>
      open
      title={t('rulebook.simulate.do')}
      initial={{ version: p.version, as_of: today, settings: valuesOf(b) }}
      submitText={t('rulebook.simulate.submit')}
      onSubmit={submit}
      onClose={p.onClose}
    >
      <p className="form-about muted">{t('rulebook.simulate.hint')}</p>
      <div className="two">
        <Form.Item name="version" label={t('rulebook.version')} rules={[{ required: true }]}>
          <Select options={b.versions.map((v) => ({ value: v.version, label: v.version }))} />
        </Form.Item>
        <Form.Item
          name="as_of"
          label={t('rulebook.simulate.as_of')}
          rules={[{ required: true, message: t('kit.form.required') }]}
        >
          <DateInput max={today} />
        </Form.Item>
      </div>
      {b.settings.length > 0 && <h3 className="form-part">{t('rulebook.tab.settings')}</h3>}
      <SettingItems settings={b.settings} />
    </FormDrawer>
  )
}
