/* What librdkafka takes by itself, with the settings that the programs use.
 *
 *     kafka dump BROKERS TOPIC COUNT FILE     writes COUNT records to FILE: key, value and headers
 *     kafka produce BROKERS TOPIC FILE        publishes them, and waits until all are acknowledged
 *     kafka pace BROKERS TOPIC FILE RATE      publishes them at RATE a second, evenly
 *     kafka consume BROKERS TOPIC COUNT       reads COUNT records and looks at every byte
 *
 * Prints processor and elapsed time as a line of JSON; elapsed counts from the first record on.
 *
 *     cc -O2 -o kafka kafka.c -lrdkafka
 */
#include <librdkafka/rdkafka.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static void fail(const char *what, const char *why) {
    fprintf(stderr, "%s: %s\n", what, why);
    exit(70);
}

static double clock_seconds(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static void set(rd_kafka_conf_t *settings, const char *name, const char *value) {
    char why[512];
    if (rd_kafka_conf_set(settings, name, value, why, sizeof why) != RD_KAFKA_CONF_OK) fail(name, why);
}

static rd_kafka_t *client(rd_kafka_type_t type, rd_kafka_conf_t *settings) {
    char why[512];
    rd_kafka_t *client = rd_kafka_new(type, settings, why, sizeof why);
    if (!client) fail("librdkafka", why);
    return client;
}

/* What has come from brokers, as it came: compressed. */
static long received;

static void report(long records, long bytes, double seconds) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("{\"records\": %ld, \"bytes\": %ld, \"processorSeconds\": %.4f, \"seconds\": %.4f, \"peakKilobytes\": %ld, "
           "\"receivedBytes\": %ld}\n",
           records, bytes, clock_seconds(CLOCK_PROCESS_CPUTIME_ID), seconds, usage.ru_maxrss, received);
}

/* --- records in a file: lengths in 32 bits, then bytes */

static void put(FILE *file, const void *bytes, size_t count) {
    uint32_t length = bytes ? (uint32_t)count : UINT32_MAX;
    fwrite(&length, sizeof length, 1, file);
    if (bytes) fwrite(bytes, 1, count, file);
}

struct bytes {
    char *start;
    size_t count;
};

static int get(FILE *file, struct bytes *bytes) {
    uint32_t length;
    if (fread(&length, sizeof length, 1, file) != 1) return 0;
    bytes->start = NULL;
    bytes->count = 0;
    if (length == UINT32_MAX) return 1;
    bytes->start = malloc(length + 1);
    bytes->count = length;
    if (fread(bytes->start, 1, length, file) != length) fail("file", "is cut off");
    bytes->start[length] = 0;
    return 1;
}

static void put_record(FILE *file, rd_kafka_message_t *message) {
    put(file, message->key, message->key_len);
    put(file, message->payload, message->len);
    rd_kafka_headers_t *headers;
    uint32_t count = rd_kafka_message_headers(message, &headers) ? 0 : (uint32_t)rd_kafka_header_cnt(headers);
    fwrite(&count, sizeof count, 1, file);
    for (uint32_t index = 0; index < count; index++) {
        const char *name;
        const void *value;
        size_t size;
        rd_kafka_header_get_all(headers, index, &name, &value, &size);
        put(file, name, strlen(name));
        put(file, value, size);
    }
}

/* --- */

static int on_statistics(rd_kafka_t *client, char *json, size_t length, void *opaque) {
    (void)client, (void)length, (void)opaque;
    const char *found = strstr(json, "\"rx_bytes\":");
    if (found) received = atol(found + strlen("\"rx_bytes\":"));
    return 0;
}

static void consume(const char *brokers, const char *topic, long count, FILE *file) {
    rd_kafka_conf_t *settings = rd_kafka_conf_new();
    set(settings, "bootstrap.servers", brokers);
    set(settings, "queued.max.messages.kbytes", "12288");
    set(settings, "statistics.interval.ms", "200");
    rd_kafka_conf_set_stats_cb(settings, on_statistics);
    rd_kafka_t *consumer = client(RD_KAFKA_CONSUMER, settings);
    rd_kafka_topic_t *handle = rd_kafka_topic_new(consumer, topic, NULL);
    const struct rd_kafka_metadata *metadata;
    if (rd_kafka_metadata(consumer, 0, handle, &metadata, 10000)) fail(topic, "no metadata");
    rd_kafka_queue_t *queue = rd_kafka_queue_new(consumer);
    int partitions = metadata->topics[0].partition_cnt;
    for (int partition = 0; partition < partitions; partition++)
        if (rd_kafka_consume_start_queue(handle, partition, RD_KAFKA_OFFSET_BEGINNING, queue)) fail(topic, "cannot be read");
    long records = 0, bytes = 0;
    volatile unsigned sum = 0;
    double start = 0;
    rd_kafka_message_t *messages[500];
    while (records < count) {
        ssize_t taken = rd_kafka_consume_batch_queue(queue, 1000, messages, 500);
        for (ssize_t index = 0; index < taken; index++) {
            rd_kafka_message_t *message = messages[index];
            if (!message->err) {
                if (!records++) start = clock_seconds(CLOCK_MONOTONIC);
                bytes += message->len;
                const unsigned char *value = message->payload;
                for (size_t position = 0; position < message->len; position++) sum += value[position];
                if (file) put_record(file, message);
            }
            rd_kafka_message_destroy(message);
        }
    }
    double seconds = clock_seconds(CLOCK_MONOTONIC) - start;
    /* The statistics of the last answers. */
    for (int round = 0; round < 5; round++) rd_kafka_poll(consumer, 100);
    report(records, bytes, seconds);
    exit(0);
}

/* `rate`: records a second; 0 is as fast as can be. */
static void produce(const char *brokers, const char *topic, FILE *file, double rate) {
    rd_kafka_conf_t *settings = rd_kafka_conf_new();
    set(settings, "bootstrap.servers", brokers);
    set(settings, "enable.idempotence", "true");
    set(settings, "acks", "all");
    set(settings, "linger.ms", "5");
    set(settings, "compression.codec", "zstd");
    set(settings, "partitioner", "murmur2_random");
    set(settings, "queue.buffering.max.kbytes", "65536");
    rd_kafka_t *producer = client(RD_KAFKA_PRODUCER, settings);
    rd_kafka_topic_t *handle = rd_kafka_topic_new(producer, topic, NULL);
    long records = 0, total = 0;
    double start = clock_seconds(CLOCK_MONOTONIC);
    struct bytes key, value, name, header;
    while (get(file, &key)) {
        get(file, &value);
        if (rate > 0) {
            double wait = start + records / rate - clock_seconds(CLOCK_MONOTONIC);
            if (wait > 0) nanosleep(&(struct timespec){(time_t)wait, (long)((wait - (time_t)wait) * 1e9)}, NULL);
        }
        uint32_t count;
        if (fread(&count, sizeof count, 1, file) != 1) fail("file", "is cut off");
        rd_kafka_headers_t *headers = rd_kafka_headers_new(count);
        while (count--) {
            get(file, &name);
            get(file, &header);
            rd_kafka_header_add(headers, name.start, -1, header.start, header.count);
            free(name.start);
            free(header.start);
        }
        while (rd_kafka_producev(producer, RD_KAFKA_V_RKT(handle), RD_KAFKA_V_KEY(key.start, key.count),
                                 RD_KAFKA_V_VALUE(value.start, value.count), RD_KAFKA_V_HEADERS(headers),
                                 RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_END) ==
               RD_KAFKA_RESP_ERR__QUEUE_FULL)
            rd_kafka_poll(producer, 10);
        rd_kafka_poll(producer, 0);
        records++;
        total += value.count;
        free(key.start);
        free(value.start);
    }
    if (rd_kafka_flush(producer, 60000)) fail(topic, "not all was acknowledged");
    report(records, total, start);
    exit(0);
}

int main(int count, char **arguments) {
    if (count == 5 && !strcmp(arguments[1], "produce")) {
        FILE *file = fopen(arguments[4], "rb");
        if (!file) fail(arguments[4], "cannot be opened");
        produce(arguments[2], arguments[3], file, 0);
    } else if (count == 6 && !strcmp(arguments[1], "pace")) {
        FILE *file = fopen(arguments[4], "rb");
        if (!file) fail(arguments[4], "cannot be opened");
        produce(arguments[2], arguments[3], file, atof(arguments[5]));
    } else if (count == 5 && !strcmp(arguments[1], "consume")) {
        consume(arguments[2], arguments[3], atol(arguments[4]), NULL);
    } else if (count == 6 && !strcmp(arguments[1], "dump")) {
        FILE *file = fopen(arguments[5], "wb");
        if (!file) fail(arguments[5], "cannot be made");
        consume(arguments[2], arguments[3], atol(arguments[4]), file);
    }
    fprintf(stderr, "usage: kafka dump|produce|pace|consume BROKERS TOPIC …\n");
    return 64;
}
