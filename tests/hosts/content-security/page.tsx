import {
  Button,
  Drawer,
  Grid,
  MantineProvider,
  Menu,
  Modal,
  ScrollArea,
  Select,
  SimpleGrid,
  Textarea,
  useMantineColorScheme,
} from '@mantine/core'
import { ModalsProvider, modals } from '@mantine/modals'
import { Notifications, notifications } from '@mantine/notifications'
import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { pageNonce, startPagePolicy } from '../../../renderer/lib/page-policy.ts'

/** The parts of the component library that make style elements or markup at run time, each behind a button. */
function Page() {
  const [opened, open] = useState<'modal' | 'drawer'>()
  const { setColorScheme } = useMantineColorScheme()
  const close = () => open(undefined)
  return (
    <>
      <Button onClick={() => open('modal')}>modal</Button>
      <Button onClick={() => open('drawer')}>drawer</Button>
      <Button onClick={() => modals.openConfirmModal({ title: 'Sure?', labels: { confirm: 'yes', cancel: 'no' } })}>
        confirm
      </Button>
      <Button onClick={() => setColorScheme('dark')}>dark</Button>
      <Button onClick={() => notifications.show({ message: 'Saved' })}>notification</Button>
      <Menu>
        <Menu.Target>
          <Button>menu</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item>item</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Select label="select" data={['a', 'b']} searchable />
      <SimpleGrid cols={{ base: 1, sm: 3 }}>three</SimpleGrid>
      <Grid gap={{ base: 5, md: 'xl' }}>grid</Grid>
      <ScrollArea h={50}>scroll</ScrollArea>
      <Textarea autosize minRows={2} />
      <Modal opened={opened === 'modal'} onClose={close} title="Modal" />
      <Drawer opened={opened === 'drawer'} onClose={close} title="Drawer" />
    </>
  )
}

startPagePolicy()
createRoot(document.getElementById('root') as HTMLElement).render(
  <MantineProvider getStyleNonce={pageNonce}>
    <ModalsProvider>
      <Notifications />
      <Page />
    </ModalsProvider>
  </MantineProvider>,
)
