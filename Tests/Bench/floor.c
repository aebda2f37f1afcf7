// The floor that the server is measured against: what one thread of C can do with epoll and SQLite when it checks
// nothing.
//
// A POST stores the body's four known fields in one row with a random id as its key and three unique columns; its
// answer is the row, or a 409. Anything else is answered at once. A turn reads every ready socket, stores everything
// that came in one transaction, commits, and only then writes the answers, as the server does.
//
// Usage: floor FILE NORMAL|FULL    prints the port, which the system chooses, and serves until it is killed.
#define _GNU_SOURCE
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { inputSize = 1 << 16, outputSize = 1 << 16, largestAnswer = 4096, eventsPerTurn = 512 };

struct client {
    int socket;
    size_t received, waiting;
    char input[inputSize], output[outputSize];
};

// The columns that come from the body, in the table's order, with the names of their members.
enum { key, email, phone, name, fieldCount };
static const struct { const char *name; size_t length; } members[fieldCount] = {
    {"user_identity_key", 17}, {"email_address", 13}, {"phone_number", 12}, {"full_name", 9}};

struct field {
    const char *start;
    int length;
};

static sqlite3 *database;
static sqlite3_stmt *begin, *insert, *commit;
static bool isOpen;

static void fail(const char *what) {
    fprintf(stderr, "floor: %s: %s\n", what, database ? sqlite3_errmsg(database) : "");
    exit(1);
}

static void run(const char *sql) {
    if (sqlite3_exec(database, sql, NULL, NULL, NULL) != SQLITE_OK) fail(sql);
}

static sqlite3_stmt *prepare(const char *sql) {
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK) fail(sql);
    return statement;
}

static void step(sqlite3_stmt *statement) {
    if (sqlite3_step(statement) != SQLITE_DONE) fail(sqlite3_sql(statement));
    sqlite3_reset(statement);
}

static void openStore(const char *file, const char *synchronous) {
    char pragma[64];
    if (sqlite3_open(file, &database) != SQLITE_OK) fail(file);
    run("PRAGMA journal_mode = WAL");
    snprintf(pragma, sizeof pragma, "PRAGMA synchronous = %s", synchronous);
    run(pragma);
    run("CREATE TABLE users (id TEXT PRIMARY KEY, user_identity_key TEXT UNIQUE, email_address TEXT UNIQUE,"
        " phone_number TEXT UNIQUE, full_name TEXT, created_at INTEGER) WITHOUT ROWID");
    begin = prepare("BEGIN IMMEDIATE");
    insert = prepare("INSERT INTO users VALUES (?, ?, ?, ?, ?, ?)");
    commit = prepare("COMMIT");
}

// Goes from quote to quote: a known name takes the string behind it.
static void scan(const char *body, const char *end, struct field fields[fieldCount]) {
    for (const char *at = body; (at = memchr(at, '"', end - at));) {
        const char *word = at + 1, *close = memchr(word, '"', end - word);
        if (!close) return;
        at = close + 1;
        for (int index = 0; index < fieldCount; index++) {
            if ((size_t)(close - word) != members[index].length) continue;
            if (memcmp(word, members[index].name, members[index].length)) continue;
            const char *value = memchr(at, '"', end - at);
            const char *last = value ? memchr(value + 1, '"', end - value - 1) : NULL;
            if (!last) return;
            fields[index] = (struct field){value + 1, (int)(last - value - 1)};
            at = last + 1;
            break;
        }
    }
}

static void makeID(char id[37]) {
    static const char digits[] = "0123456789abcdef";
    unsigned char bytes[16];
    if (getrandom(bytes, sizeof bytes, 0) != sizeof bytes) fail("getrandom");
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    for (int index = 0; index < 16; index++) {
        if (index == 4 || index == 6 || index == 8 || index == 10) *id++ = '-';
        *id++ = digits[bytes[index] >> 4];
        *id++ = digits[bytes[index] & 15];
    }
    *id = 0;
}

static void answer(struct client *client, const char *status, const char *body, int length) {
    client->waiting += sprintf(
        client->output + client->waiting,
        "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%.*s", status, length, length,
        body);
}

static void create(struct client *client, const char *body, const char *end) {
    struct field fields[fieldCount] = {0};
    scan(body, end, fields);
    char id[37];
    makeID(id);
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    int milliseconds = (int)(now.tv_nsec / 1000000);

    if (!isOpen) step(begin);
    isOpen = true;
    sqlite3_bind_text(insert, 1, id, 36, SQLITE_STATIC);
    for (int index = 0; index < fieldCount; index++) {
        sqlite3_bind_text(insert, index + 2, fields[index].start, fields[index].length, SQLITE_STATIC);
    }
    sqlite3_bind_int64(insert, 6, now.tv_sec * 1000LL + milliseconds);
    int result = sqlite3_step(insert);
    sqlite3_reset(insert);
    if (result == SQLITE_CONSTRAINT) {
        static const char conflict[] = "{\"error\":{\"type\":\"conflict\"},\"ok\":false}";
        return answer(client, "409 Conflict", conflict, sizeof conflict - 1);
    }
    if (result != SQLITE_DONE) fail("insert");

    char json[largestAnswer], time[32];
    struct tm parts;
    strftime(time, sizeof time, "%Y-%m-%dT%H:%M:%S", gmtime_r(&now.tv_sec, &parts));
    int length = snprintf(
        json, sizeof json,
        "{\"user_identity\":{\"user_identity_id\":\"%s\",\"user_identity_key\":\"%.*s\",\"email_address\":\"%.*s\","
        "\"phone_number\":\"%.*s\",\"display_name\":\"%.*s\",\"full_name\":\"%.*s\",\"created_at\":\"%s.%03dZ\","
        "\"workspace_id\":\"3ca5054c-b104-4047-888f-fda3b1289406\"},\"ok\":true}",
        id, fields[key].length, fields[key].start, fields[email].length, fields[email].start, fields[phone].length,
        fields[phone].start, fields[name].length, fields[name].start, fields[name].length, fields[name].start, time,
        milliseconds);
    if (length >= (int)sizeof json) fail("an answer that is too long");
    answer(client, "200 OK", json, length);
}

// Answers the whole requests of the input and keeps the rest; false when an answer may not fit any more.
static bool take(struct client *client) {
    char *at = client->input, *end = at + client->received;
    for (;;) {
        char *body = memmem(at, end - at, "\r\n\r\n", 4);
        if (!body) break;
        long length = 0;
        for (char *line = at; (line = memchr(line, '\n', body - line)); line++) {
            if (!strncasecmp(line + 1, "Content-Length:", 15)) length = atol(line + 16);
        }
        body += 4;
        if (length > end - body) break;
        if (client->waiting + 2 * largestAnswer > outputSize) return false;
        if (*at == 'P') create(client, body, body + length);
        else answer(client, "200 OK", "{\"ok\":true}", 11);
        at = body + length;
    }
    client->received = end - at;
    memmove(client->input, at, client->received);
    return true;
}

// True when the client has something to be answered; one that is gone is forgotten.
static bool receive(struct client *client) {
    ssize_t count = read(client->socket, client->input + client->received, inputSize - client->received);
    if (count > 0) {
        client->received += count;
        if (take(client)) return client->waiting > 0;
    }
    close(client->socket);
    free(client);
    return false;
}

static void acceptAll(int listener, int poller) {
    int socket, on = 1;
    while ((socket = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        struct client *client = calloc(1, sizeof *client);
        if (!client) fail("no memory");
        client->socket = socket;
        setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = client};
        epoll_ctl(poller, EPOLL_CTL_ADD, socket, &event);
    }
}

int main(int count, char **arguments) {
    if (count != 3) {
        fputs("usage: floor FILE NORMAL|FULL\n", stderr);
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    openStore(arguments[1], arguments[2]);

    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof address;
    if (bind(listener, (struct sockaddr *)&address, size) || listen(listener, 1024)) fail("listen");
    getsockname(listener, (struct sockaddr *)&address, &size);
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);

    int poller = epoll_create1(0);
    struct epoll_event listening = {.events = EPOLLIN}, events[eventsPerTurn];
    epoll_ctl(poller, EPOLL_CTL_ADD, listener, &listening);
    for (;;) {
        struct client *active[eventsPerTurn];
        int activeCount = 0, eventCount = epoll_wait(poller, events, eventsPerTurn, -1);
        for (int index = 0; index < eventCount; index++) {
            struct client *client = events[index].data.ptr;
            if (!client) acceptAll(listener, poller);
            else if (receive(client)) active[activeCount++] = client;
        }
        if (isOpen) step(commit);
        isOpen = false;
        for (int index = 0; index < activeCount; index++) {
            struct client *client = active[index];
            // What the kernel does not take at once is lost; the clients of this program read what they asked for.
            if (write(client->socket, client->output, client->waiting) < 0) shutdown(client->socket, SHUT_RDWR);
            client->waiting = 0;
        }
    }
}
