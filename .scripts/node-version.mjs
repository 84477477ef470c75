// takes the Node that runs this, gives a clear word and an exit when it is too old..
const version = process.versions.node.split('.').map(Number);
if (version[0] < 20 || (version[0] === 20 && version[1] < 19)) {
  process.stderr.write(
    'Reforms needs Node 20.19 or newer; this is Node ' +
      process.versions.node +
      '.\nInstall a current one from https://nodejs.org and try again.\n',
  );
  process.exit(1);
}
