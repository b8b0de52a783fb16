package dev.pinfactory.registry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelsTest {
    @Test
    void everybodySharesTheChannelToAnAddress() {
        try (Channels channels = new Channels()) {
            assertThat(channels.channel("localhost:9101")).isSameAs(channels.channel("localhost:9101"));
            assertThat(channels.channel("inprocess:a")).isNotSameAs(channels.channel("inprocess:b"));
            assertThat(channels.channel("[::1]:9101").authority()).isEqualTo("[::1]:9101");
        }
    }

    @Test
    void theOneAskedForLongestAgoMakesRoom() {
        try (Channels channels = new Channels(InsecureChannelCredentials.create(), 2)) {
            ManagedChannel a = channels.channel("inprocess:a");
            ManagedChannel b = channels.channel("inprocess:b");
            channels.channel("inprocess:a");

            channels.channel("inprocess:c");

            assertThat(b.isShutdown()).isTrue();
            assertThat(a.isShutdown()).isFalse();
            assertThat(channels.size()).isEqualTo(2);
            assertThat(channels.channel("inprocess:b")).isNotSameAs(b);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "host",
                "host:",
                "host:0",
                "host:65536",
                "host:x",
                ":9101",
                "::1:9101",
                "http://host:1",
                "inprocess:"
            })
    void whatIsNoAddressIsRefused(String address) {
        try (Channels channels = new Channels()) {
            assertThatThrownBy(() -> channels.channel(address))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + address + "'");
            assertThat(channels.size()).isZero();
        }
    }

    @Test
    void closedIsClosed() {
        Channels channels = new Channels();
        ManagedChannel channel = channels.channel("inprocess:a");
        channels.close();

        assertThat(channel.isTerminated()).isTrue();
        assertThatThrownBy(() -> channels.channel("inprocess:a")).isInstanceOf(IllegalStateException.class);
    }
}
