import { expect } from 'chai';
import type { LocalDevice } from '../../../../src/core.ts';
import type { DeviceCode } from '../../../../src/core/errors.ts';
import { deviceTroubles, missingOf } from '../../../../src/elements/prejoin/device-trouble.ts';
import { en } from '../../../../src/locales/index.ts';

const fine: LocalDevice = { status: 'open', enabled: true, code: undefined, deviceId: '', label: '' };
const refused = (code: DeviceCode): LocalDevice => ({ ...fine, status: 'refused', enabled: false, code });

describe('what keeps us from our devices', () => {
  it('is nothing while both are fine, or are only closed', () => {
    const closed: LocalDevice = { ...fine, status: 'closed', enabled: false };
    expect(deviceTroubles({ microphone: fine, camera: closed })).to.deep.equal([]);
    expect(missingOf({ microphone: fine, camera: closed })).to.equal(undefined);
  });

  it('is one trouble where one cause refuses both', () => {
    const call = { microphone: refused('permissions'), camera: refused('permissions') };
    expect(deviceTroubles(call)).to.deep.equal([{ missing: 'both', code: 'permissions' }]);
    expect(missingOf(call)).to.equal('both');
  });

  it('is two troubles where there are two causes', () => {
    const call = { microphone: refused('not-found'), camera: refused('cam-in-use') };
    expect(deviceTroubles(call)).to.deep.equal([
      { missing: 'microphone', code: 'not-found' },
      { missing: 'camera', code: 'cam-in-use' },
    ]);
  });

  it('is one trouble of one device', () => {
    expect(missingOf({ microphone: refused('mic-in-use'), camera: fine })).to.equal('microphone');
    expect(missingOf({ microphone: fine, camera: refused('constraints') })).to.equal('camera');
  });

  it('has other words for every cause, and each says what helps', () => {
    const codes = Object.keys(en.device) as DeviceCode[];
    const titles = codes.map((code) => en.device[code]('camera').title);
    expect(new Set(titles).size).to.equal(6);
    for (const code of codes) expect(en.device[code]('both').help).to.match(/\.$/);
  });
});
