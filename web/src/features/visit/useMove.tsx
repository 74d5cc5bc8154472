import { useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { http, newKey, type Schemas } from '@/api/client'
import { errorText } from '@/api/error'
import { useConfirm } from '@/kit/useConfirm'
import { type Act, useSettled, type Visit } from './data'

type Agenda = Schemas['VisitAgendaView']

const UNDO_SHOWN_S = 8

/**
 * useMove moves a visit to another day, at once on the page, and offers to take it back. A visit the customer has agreed to asks
 * first, because the customer must be asked anew.
 */
export function useMove(): (v: Visit, on: string) => Promise<void> {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const client = useQueryClient()
  const confirm = useConfirm()
  const settled = useSettled()
  const shown = (v: Visit) =>
    client.setQueriesData({ queryKey: ['get', '/api/v1/visits/agenda'] }, (a: Agenda | undefined) =>
      a ? { ...a, visits: a.visits.map((x) => (x.id === v.id ? v : x)) } : a,
    )
  const back = async (moved: Visit, before: Visit) => {
    shown(before)
    try {
      let v = await act(moved.id, { act: 'move', on: before.on, from: before.from, to: before.to })
      const again: Act | undefined =
        before.state === 'confirmed' ? 'confirm' : before.state === 'asked' ? 'ask' : undefined
      const a = before.appointment
      const agreed = again === 'confirm' && a ? { with: a.with || undefined, how: a.how || undefined } : {}
      if (again) v = await act(v.id, { act: again, ...agreed })
      await settled(v)
      void message.info(t('agenda.moved_back'))
    } catch (e) {
      await settled(moved)
      void message.error(errorText(t, e))
    }
  }
  return async (v, on) => {
    if (on === v.on || !v.may.includes('move')) return
    const agreed = v.state !== 'planned'
    const question = { title: t('agenda.move_agreed'), text: t('agenda.move_agreed_text'), ok: t('visit.act.move') }
    if (agreed && !(await confirm(question))) return
    shown({ ...v, on })
    try {
      const moved = await act(v.id, { act: 'move', on, from: v.from, to: v.to })
      await settled(moved)
      const key = `visit-${v.id}`
      const undo = () => {
        message.destroy(key)
        void back(moved, v)
      }
      void message.success({
        key,
        duration: UNDO_SHOWN_S,
        content: (
          <>
            {t('agenda.moved', { name: v.customer.name, day: on })}
            <Button type="link" size="small" onClick={undo}>
              {t('agenda.undo')}
            </Button>
          </>
        ),
      })
    } catch (e) {
      await settled(v)
      void message.error(errorText(t, e))
    }
  }
}

async function act(id: string, body: Schemas['VisitActBody']): Promise<Visit> {
  const { data } = await http.POST('/api/v1/visits/{id}/acts', {
    params: { path: { id }, header: { 'Idempotency-Key': newKey() } },
    body,
  })
  return data as Visit
}
