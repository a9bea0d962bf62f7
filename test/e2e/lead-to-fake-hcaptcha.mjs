// Loaded before the service by the tests (`node --import`): leads what it asks of hcaptcha.com to the test's own server. Name, host header
// and certificate check stay as they are in production; only the address and the port are others.
import https from 'node:https';

const port = Number(process.env.FAKE_HCAPTCHA_PORT);

class Local extends https.Agent {
  createConnection(options, callback) {
    if (options.host !== 'hcaptcha.com') return super.createConnection(options, callback);
    return super.createConnection(
      { ...options, host: '127.0.0.1', port, servername: 'hcaptcha.com' },
      callback,
    );
  }
}

https.globalAgent = new Local({ keepAlive: false });
