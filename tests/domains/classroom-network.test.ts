import { describe, expect, it } from 'vitest'
import { gatewaysIn, neighboursIn } from '../../main/domains/classroom/neighbours.ts'
import { checkNetwork } from '../../main/domains/classroom/network-check.ts'
import { ownNetworks } from '../../main/domains/classroom/networks.ts'

const own = { address: '192.168.1.20', netmask: '255.255.255.0' }

describe('the machines on a network', () => {
  it('are read from the table of Linux, without those that never answered', () => {
    const table = [
      'IP address       HW type     Flags       HW address            Mask     Device',
      '192.168.1.1      0x1         0x2         a4:2b:b0:00:00:01     *        wlan0',
      '192.168.1.31     0x1         0x2         3c:06:30:aa:bb:cc     *        wlan0',
      '192.168.1.44     0x1         0x0         00:00:00:00:00:00     *        wlan0',
      '10.0.0.7         0x1         0x2         3c:06:30:aa:bb:cd     *        eth0',
    ].join('\n')
    expect(neighboursIn(table, own)).toEqual(['192.168.1.1', '192.168.1.31'])
  })

  it('are read from the list of Windows, without itself, everybody and groups', () => {
    const table = [
      'Interface: 192.168.1.20 --- 0x5',
      '  Internet Address      Physical Address      Type',
      '  192.168.1.1           a4-2b-b0-00-00-01     dynamic',
      '  192.168.1.31          3c-06-30-aa-bb-cc     dynamic',
      '  192.168.1.255         ff-ff-ff-ff-ff-ff     static',
      '  224.0.0.251           01-00-5e-00-00-fb     static',
    ].join('\r\n')
    expect(neighboursIn(table, own)).toEqual(['192.168.1.1', '192.168.1.31'])
  })

  it('are read from the list of macOS, which leaves zeros out', () => {
    const table = [
      '? (192.168.1.1) at a4:2b:b0:0:0:1 on en0 ifscope [ethernet]',
      '? (192.168.1.31) at 3c:6:30:aa:bb:cc on en0 ifscope [ethernet]',
      '? (192.168.1.44) at (incomplete) on en0 ifscope [ethernet]',
    ].join('\n')
    expect(neighboursIn(table, own)).toEqual(['192.168.1.1', '192.168.1.31'])
  })

  it('are not the access point, which the table of routes names', () => {
    const routes = [
      'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask',
      'wlan0\t00000000\t0101A8C0\t0003\t0\t0\t600\t00000000',
      'wlan0\t0001A8C0\t00000000\t0001\t0\t0\t600\t00FFFFFF',
    ].join('\n')
    expect(gatewaysIn(routes)).toEqual(['192.168.1.1'])
  })
})

describe('the network test', () => {
  const [network] = ownNetworks()
  const listening = (callers: string[], port = 9) => ({
    port,
    addresses: [],
    fingerprint: null,
    callers: () => callers,
  })

  it('says that even this machine cannot reach what should listen', async (context) => {
    if (!network) {
      const reason = 'this machine is on no network'
      context.task.meta.skipReason = reason
      return context.skip(true, reason)
    }
    const asked = { address: network.address, port: 9, devices: 0, listening: listening([]) }
    expect(await checkNetwork(asked)).toMatchObject({ findings: ['cannotConnect'] })
  })
})
