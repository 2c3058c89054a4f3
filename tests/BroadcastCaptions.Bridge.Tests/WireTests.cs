using System.IO.Pipes;
using BroadcastCaptions.Bridge.Places;
using BroadcastCaptions.Bridge.Wires;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Bridge.Tests;

/// <summary>Both kinds of wire. The named pipe's is .NET's own stand-in here; a Windows one is in the end-to-end tests.</summary>
public sealed class WireTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Bytes_arrive_in_order_both_ways(bool pipe)
    {
        var (server, client) = await ConnectAsync(pipe);
        using (server)
        using (client)
        {
            var sent = new byte[300_000]; // more than a wire holds
            Random.Shared.NextBytes(sent);
            var received = new byte[sent.Length];
            var arriving = ReceiveAsync(server, received);
            await SendAsync(client, sent);
            await arriving;
            Assert.Equal(sent, received);

            Array.Clear(received);
            var filled = 0;
            var sending = SendAsync(server, sent);
            await Wait.UntilAsync(
                () =>
                {
                    Assert.True(client.TryReceive(received.AsSpan(filled), out var count));
                    filled += count;
                    return filled == received.Length;
                },
                Wait.Generous, "the answer");
            await sending;
            Assert.Equal(sent, received);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whom_nobody_reads_it_does_not_wait_for(bool pipe)
    {
        var (server, client) = await ConnectAsync(pipe);
        using (server)
        using (client)
        {
            var block = new byte[10_000];
            await Wait.UntilAsync(
                () =>
                {
                    Assert.True(client.TrySend(block, out var sent));
                    return sent == 0;
                },
                Wait.Generous, "a full wire");
            Assert.True(client.TryReceive(block, out var count));
            Assert.Equal(0, count);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_sent_before_the_end_arrives_and_then_the_end_is_seen(bool pipe)
    {
        var (server, client) = await ConnectAsync(pipe);
        using (client)
        {
            Assert.True(server.TrySend("goodbye"u8, out _));
            server.Dispose();
            var received = new byte[64];
            var filled = 0;
            await Wait.UntilAsync(
                () =>
                {
                    var open = client.TryReceive(received.AsSpan(filled), out var count);
                    filled += count;
                    return !open;
                },
                Wait.Generous, "the end");
            Assert.Equal("goodbye"u8, received.AsSpan(0, filled));
        }

        (server, client) = await ConnectAsync(pipe);
        using (server)
        {
            client.Dispose();
            Assert.Equal(0, await server.ReceiveAsync(new byte[64], CancellationToken.None));
        }
    }

    [Fact]
    public async Task Where_a_captioner_listens_no_second_one_can_and_it_leaves_nothing_behind()
    {
        var place = UnixPlace.SocketIn(_folder["run"]);
        using (var listener = BridgePlace.Listen(place))
        {
            Assert.Throws<BridgeTakenException>(() => BridgePlace.Listen(place));
            using var client = BridgePlace.TryConnect(place);
            Assert.NotNull(client);
            using var accepted = await listener.AcceptAsync(CancellationToken.None);
            Assert.NotNull(accepted);
        }

        Assert.Null(BridgePlace.TryConnect(place));
        Assert.Empty(Directory.EnumerateFiles(_folder["run"]));
        await File.WriteAllTextAsync(place, ""); // what one that was killed leaves behind is as dead
        Assert.Null(BridgePlace.TryConnect(place));
        BridgePlace.Listen(place).Dispose();
    }

    private async Task<(IBridgeWire Server, IBridgeWire Client)> ConnectAsync(bool pipe)
    {
        var place = _folder[$"{Guid.NewGuid():N}"];
        if (pipe)
        {
            var server = new NamedPipeServerStream(place, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous);
            var client = new NamedPipeClientStream(".", place, PipeDirection.InOut, PipeOptions.Asynchronous);
            await Task.WhenAll(server.WaitForConnectionAsync(), client.ConnectAsync());
            return (new NamedPipeWire(server), new NamedPipeWire(client));
        }

        using var listener = new UnixSocketListener(Path.Combine(place, "s"));
        var connected = UnixSocketWire.TryConnect(Path.Combine(place, "s"));
        return ((await listener.AcceptAsync(CancellationToken.None))!, connected!);
    }

    private static async Task ReceiveAsync(IBridgeWire from, Memory<byte> into)
    {
        for (int count; into.Length > 0; into = into[count..])
        {
            count = await from.ReceiveAsync(into, CancellationToken.None);
            Assert.NotEqual(0, count);
        }
    }

    private static async Task SendAsync(IBridgeWire to, byte[] bytes)
    {
        var done = 0;
        await Wait.UntilAsync(
            () =>
            {
                for (var sent = 1; sent > 0 && done < bytes.Length; done += sent) Assert.True(to.TrySend(bytes.AsSpan(done), out sent));
                return done == bytes.Length;
            },
            Wait.Generous, "a reader");
    }
}
