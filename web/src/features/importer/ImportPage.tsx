import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { QueryView } from '@/kit/Loading'
import { NoAccess } from '@/kit/NoAccess'
import { Page } from '@/kit/Page'
import { StatusDot } from '@/kit/StatusDot'
import { usePermission } from '@/kit/usePermission'
import { CheckStep } from './CheckStep'
import { type Import, stepOf, tones, useImport, useTargets } from './data'
import { MapStep } from './MapStep'
import { ResultStep } from './ResultStep'
import type { Step } from './routes'
import { Steps } from './Steps'
import './importer.css'

/** One import, at the step that is due or was asked for. */
export default function ImportPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { id } = useParams({ from: '/shell/imports/$id' })
  const may = usePermission('import.run')
  const query = useImport(id)
  const targets = useTargets()
  const m = query.data
  if (!may) return <NoAccess title={t('importer.title')} />
  return (
    <Page
      title={m ? m.file_name : t('importer.title')}
      note={m && targets.label(m.target)}
      badges={m && <StatusDot label={t(`importer.state.${m.state}`)} tone={tones[m.state]} />}
      back={{ label: t('importer.history'), onClick: () => void navigate({ to: '/imports', search: {} }) }}
    >
      <QueryView query={query} lines={6}>
        {(one) => <Stepped key={one.id} m={one} />}
      </QueryView>
    </Page>
  )
}

/** Steps that can be gone back to: what was imported cannot be mapped anew. */
function behind(m: Import): Step[] {
  if (m.state === 'checked') return ['map']
  return m.state === 'failed' || m.state === 'canceled' ? ['map'] : []
}

function Stepped({ m }: { m: Import }) {
  const navigate = useNavigate()
  const search = useSearch({ from: '/shell/imports/$id' })
  const step = stepOf(m.state, search.step)
  const go = (to: Step) => void navigate({ to: '/imports/$id', params: { id: m.id }, search: { step: to } })
  return (
    <>
      <Steps current={step} back={behind(m)} onStep={go} />
      {step === 'map' && <MapStep m={m} onChecked={() => go('check')} />}
      {step === 'check' && <CheckStep m={m} onStep={go} />}
      {step === 'result' && <ResultStep m={m} onStep={go} />}
    </>
  )
}
