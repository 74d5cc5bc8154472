import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { signOutEverywhere, useMe } from '@/app/account'
import { withWords } from '@/app/i18n'
import { usePrefs } from '@/app/prefs'
import { Choice } from '@/kit/Choice'
import { QueryView } from '@/kit/Loading'
import { Fields, Page, Panel } from '@/kit/Page'
import { useText } from '@/kit/text'
import { useMayLeave } from '@/kit/unsent'
import { useConfirm } from '@/kit/useConfirm'
import { usePermission } from '@/kit/usePermission'
import { AbsencesPanel } from './AbsencesPanel'
import { SessionList } from './SessionsPanel'
import { TokensPanel } from './TokensPanel'
import './admin.css'

const PasswordForm = lazy(() => import('./PasswordForm'))
const FactorsPanel = lazy(withWords(['factor'], () => import('./FactorsPanel')))

/** One's own settings: how things look, password, where one is signed in, tokens for programs. */
export default function MePage() {
  const { t } = useTranslation()
  const me = useMe()
  const words = useText()
  const unit = me?.unit
  const mayStandIn = usePermission('procedure.read')
  return (
    <Page title={t('admin.page.me')}>
      <div className="settings-column">
        <Panel title={t('admin.me.who')}>
          <Fields
            items={[
              { label: t('admin.user.name'), value: me?.name },
              { label: t('session.login'), value: me?.login },
              { label: t('admin.user.email'), value: me?.email },
              { label: t('admin.user.unit'), value: unit && words({ zh: unit.name_zh, en: unit.name_en }) },
              {
                label: t('admin.user.roles'),
                value: me?.roles.map((r) => t(`admin.role.${r}`, { defaultValue: r })).join(t('kit.list_comma')),
              },
            ]}
          />
        </Panel>
        {mayStandIn && <AbsencesPanel />}
        <Look />
        <Safety />
        <Suspense>
          <FactorsPanel />
        </Suspense>
        <TokensPanel make />
      </div>
    </Page>
  )
}

function Look() {
  const { t } = useTranslation()
  const prefs = usePrefs()
  return (
    <Panel title={t('admin.me.look')}>
      <dl className="settings-list">
        <div>
          <dt>{t('admin.me.language')}</dt>
          <dd>
            <Choice
              label={t('admin.me.language')}
              value={prefs.locale}
              onChange={prefs.setLocale}
              options={[
                { value: 'zh', label: '中文' },
                { value: 'en', label: 'English' },
              ]}
            />
          </dd>
        </div>
        <div>
          <dt>{t('app.theme.title')}</dt>
          <dd>
            <Choice
              label={t('app.theme.title')}
              value={prefs.theme}
              onChange={prefs.setTheme}
              options={(['system', 'light', 'dark'] as const).map((v) => ({ value: v, label: t(`app.theme.${v}`) }))}
            />
          </dd>
        </div>
        <div>
          <dt>{t('admin.me.density')}</dt>
          <dd>
            <Choice
              label={t('admin.me.density')}
              value={prefs.density}
              onChange={prefs.setDensity}
              options={(['compact', 'roomy'] as const).map((v) => ({ value: v, label: t(`kit.table.${v}`) }))}
            />
          </dd>
        </div>
      </dl>
    </Panel>
  )
}

function Safety() {
  const { t } = useTranslation()
  const me = useMe()
  const navigate = useNavigate()
  const confirm = useConfirm()
  const [changing, setChanging] = useState(false)
  const sessions = api.useQuery('get', '/api/v1/me/sessions')
  const mayLeave = useMayLeave()
  const leave = async () => {
    if (!(await mayLeave())) return
    const done = await confirm({
      title: t('admin.me.out_everywhere'),
      text: t('admin.me.out_everywhere_text'),
      ok: t('admin.me.out_everywhere'),
      danger: true,
      action: signOutEverywhere,
    })
    if (done) await navigate({ to: '/sign-in', search: {} })
  }
  return (
    <Panel
      title={t('admin.me.safety')}
      extra={
        <div className="row">
          <Button type={me?.must_change_password ? 'primary' : 'default'} onClick={() => setChanging(true)}>
            {t('admin.me.change_password')}
          </Button>
          <Button danger onClick={() => void leave()}>
            {t('admin.me.out_everywhere')}
          </Button>
        </div>
      }
    >
      {me?.must_change_password && <p className="must-change">{t('admin.me.must_change')}</p>}
      <QueryView query={sessions} lines={3}>
        {(list) => <SessionList sessions={list.items} />}
      </QueryView>
      <Suspense>{changing && <PasswordForm onClose={() => setChanging(false)} />}</Suspense>
    </Panel>
  )
}
