setInterval(() => postMessage(0), 4000);
