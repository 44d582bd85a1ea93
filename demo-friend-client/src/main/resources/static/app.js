const byId = (id) => document.getElementById(id);
const CALLS_SHOWN = 12;

/** Sends a request and gives back the JSON of its answer; an answer of failure becomes an error with its text. */
async function ask(method, path, body) {
  const response = await fetch(path, {
    method,
    headers: body ? {'Content-Type': 'application/json'} : {},
    body: body ? JSON.stringify(body) : undefined,
  });
  const text = await response.text();
  const answer = text ? JSON.parse(text) : {};
  if (!response.ok) {
    throw Object.assign(new Error(answer.detail || `the server answered ${response.status}`),
        {status: response.status, servedBy: answer.servedBy});
  }
  return answer;
}

/** Runs what a button stands for, with the buttons off meanwhile, and shows how it ended. */
async function act(call, action) {
  const buttons = document.querySelectorAll('button');
  buttons.forEach((button) => { button.disabled = true; });
  say('');
  try {
    await action();
  } catch (failure) {
    say(failure.message, true);
    noteCall(call, failure.message, failure.servedBy);
    if (failure.status === 401) {
      showVisitor(null);
    }
  } finally {
    document.querySelectorAll('button').forEach((button) => { button.disabled = false; });
  }
}

function say(text, wrong = false) {
  byId('message').textContent = text;
  byId('message').classList.toggle('wrong', wrong);
}

function element(name, text, className = '') {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = className;
  return made;
}

function noteCall(call, answer, instance) {
  if (!instance) {
    return;
  }
  const row = document.createElement('tr');
  row.append(element('td', call), element('td', answer), element('td', instance, 'instance'));
  byId('calls').prepend(row);
  while (byId('calls').rows.length > CALLS_SHOWN) {
    byId('calls').deleteRow(-1);
  }
}

function showVisitor(visitor) {
  byId('visitor').hidden = !visitor;
  byId('friends').hidden = !visitor;
  byId('entry').hidden = Boolean(visitor);
  byId('visitor-name').textContent = visitor ? visitor.name : '';
}

function friendEntry(friend) {
  const entry = document.createElement('li');
  const remove = element('button', 'Remove', 'quiet');
  remove.type = 'button';
  remove.setAttribute('aria-label', `Remove ${friend.name}`);
  remove.addEventListener('click', () => act('remove', async () => {
    await ask('DELETE', `/api/friends/${friend.id}`);
    await showFriends();
  }));
  entry.append(element('span', friend.name), element('span', friend.servedBy, 'instance'), remove);
  return entry;
}

async function showFriends() {
  const friends = await ask('GET', '/api/friends');
  byId('list').replaceChildren(...friends.map(friendEntry));
  byId('nobody').hidden = friends.length > 0;
  friends.forEach((friend) => noteCall(`GetUser ${friend.id}`, friend.name, friend.servedBy));
}

async function logIn(credentials) {
  const person = await ask('POST', '/api/login', credentials);
  noteCall('Login', person.name, person.servedBy);
  showVisitor(person);
  byId('entry-form').reset();
  await showFriends();
}

byId('entry-form').addEventListener('submit', (event) => {
  event.preventDefault();
  const credentials = Object.fromEntries(new FormData(event.target));
  const registers = event.submitter && event.submitter.value === 'register';
  act(registers ? 'Register' : 'Login', async () => {
    if (registers) {
      const person = await ask('POST', '/api/register', credentials);
      noteCall('Register', person.name, person.servedBy);
      say(`Welcome, ${person.name}.`);
    }
    await logIn(credentials);
  });
});

byId('add-form').addEventListener('submit', (event) => {
  event.preventDefault();
  act('GetUser', async () => {
    const friend = await ask('POST', '/api/friends', Object.fromEntries(new FormData(event.target)));
    noteCall(`GetUser ${friend.name}`, friend.name, friend.servedBy);
    event.target.reset();
    await showFriends();
  });
});

byId('reload').addEventListener('click', () => act('GetUser', showFriends));

byId('logout').addEventListener('click', () => act('Logout', async () => {
  await ask('POST', '/api/logout');
  showVisitor(null);
}));

ask('GET', '/api/session').then(
    (visitor) => {
      showVisitor(visitor);
      return act('GetUser', showFriends);
    },
    () => showVisitor(null));
