import { App, Button } from 'antd'
import { ListPlus, UserPlus } from 'lucide-react'
import { lazy, Suspense, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { http } from '@/api/client'
import { errorText } from '@/api/error'
import { QueryView } from '@/kit/Loading'
import { CaseResults } from '../CasesTab'
import { PanelSkeleton } from '../PanelSkeleton'
import { acceptOutcomes } from './accept'
import { useEditor } from './context'
import type { SideProps } from './SidePane'
import { caseFile } from './useDraft'

const CaseForm = lazy(() => import('./CaseForm').then((m) => ({ default: m.CaseForm })))

/** appended is a list of cases with more at its end. */
export const appended = (file: string, more: string): string =>
  `${file.trim() === '' || file.trim() === '[]' ? '' : `${file.trimEnd()}\n`}${more.trimEnd()}\n`

/** The worked examples, run again at each change; more can be drafted or taken from a customer. */
export function CasesPane({ draft, check }: SideProps) {
  const { t } = useTranslation()
  const { text, onClause } = useEditor()
  const [form, setForm] = useState(false)
  const cases = text.files[caseFile] ?? ''
  const latest = useRef(cases)
  latest.current = cases
  const add = (more: string) => text.writeFile(caseFile, appended(latest.current, more))
  const propose = usePropose(draft.id, add)
  return (
    <>
      <div className="edit-side-bar">
        <Button size="small" icon={<UserPlus size={14} />} onClick={() => setForm(true)}>
          {t('draft.case.from_customer')}
        </Button>
        <Button size="small" icon={<ListPlus size={14} />} loading={propose.busy} onClick={() => void propose.run()}>
          {t('draft.case.propose')}
        </Button>
      </div>
      <QueryView query={check.cases} skeleton={<PanelSkeleton />}>
        {(r) =>
          r ? (
            <CaseResults
              result={r}
              source={cases}
              onClause={onClause}
              onAccept={(list) => text.writeFile(caseFile, acceptOutcomes(cases, list))}
            />
          ) : null
        }
      </QueryView>
      {form && (
        <Suspense fallback={null}>
          <CaseForm rulebook={draft.rulebook} onAdd={add} onClose={() => setForm(false)} />
        </Suspense>
      )}
    </>
  )
}

/** Asks for cases of what no case reaches yet; what comes is one change of cases.yaml, undone like any other. */
function usePropose(draft: string, add: (more: string) => void) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const { text } = useEditor()
  const [busy, setBusy] = useState(false)
  const run = async () => {
    setBusy(true)
    try {
      // The server reads the draft as it is saved there.
      if (!(await text.save())) return
      const { data } = await http.POST('/api/v1/rulebook-drafts/{id}/init-cases', { params: { path: { id: draft } } })
      if (data?.cases.trim()) {
        add(data.cases)
        void message.success(t('draft.case.proposed'))
      } else void message.info(t('draft.case.none_missing'))
    } catch (e) {
      void message.error(errorText(t, e))
    } finally {
      setBusy(false)
    }
  }
  return { busy, run }
}
