using BroadcastCaptions.Bridge.Messages;

namespace BroadcastCaptions.Bridge.Tests;

/// <summary>Whatever comes in, the decoder neither throws nor reads beyond it, and gets on.</summary>
public sealed class FuzzTests
{
    private readonly byte[] _wire = new byte[1 << 16];
    private readonly float[] _samples = new float[BridgeProtocol.MostChannels * BridgeProtocol.MostFrames];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Noise_is_survived(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 20_000; round++)
        {
            var noise = _wire.AsSpan(0, random.Next(300));
            random.NextBytes(noise);
            if (noise.Length >= 8 && round % 2 == 0) (noise[1], noise[2], noise[3], noise[4]) = (0, 0, 0, (byte)random.Next(12)); // a likely header
            Decode(noise);
            foreach (var type in Enum.GetValues<MessageType>()) Parse(type, noise);
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Damaged_messages_are_survived(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 20_000; round++)
        {
            var message = _wire.AsSpan(0, Sample(random.Next(10)));
            for (var flips = random.Next(1, 4); flips > 0; flips--) message[random.Next(message.Length)] ^= (byte)(1 << random.Next(8));
            Decode(message[..random.Next(message.Length + 1)]);
        }
    }

    [Fact]
    public void Every_cut_of_every_message_is_incomplete_and_every_short_payload_refused()
    {
        for (var kind = 0; kind < 10; kind++)
        {
            var length = Sample(kind);
            var message = _wire.AsSpan(0, length);
            for (var cut = 0; cut < length; cut++)
                Assert.Equal(FrameStatus.Incomplete, BridgeFrame.Read(message[..cut], out _, out _, out _));
            Assert.Equal(FrameStatus.Complete, BridgeFrame.Read(message, out var type, out var payload, out _));
            Assert.True(Parse(type, payload));
            for (var cut = 0; cut < payload.Length; cut++) Assert.False(Parse(type, payload[..cut]));
        }
    }

    [Fact]
    public void Unknown_types_are_passed_over_and_lengths_beyond_the_limit_refused()
    {
        byte[] unknown = [3, 0, 0, 0, 200, 0, 0, 0, 1, 2, 3];
        Assert.Equal(FrameStatus.Complete, BridgeFrame.Read(unknown, out var type, out var payload, out var length));
        Assert.Equal((200, 3, 11), ((int)type, payload.Length, length));
        Assert.Equal(FrameStatus.Malformed, BridgeFrame.Read([0, 0, 0, 0, 0, 0, 0, 0], out _, out _, out _));
        Assert.Equal(FrameStatus.Malformed, BridgeFrame.Read([0xFF, 0xFF, 0xFF, 0xFF, 3, 0, 0, 0], out _, out _, out _));
    }

    private void Decode(ReadOnlySpan<byte> received)
    {
        while (BridgeFrame.Read(received, out var type, out var payload, out var length) == FrameStatus.Complete)
        {
            Parse(type, payload);
            Assert.InRange(length, BridgeProtocol.HeaderLength, received.Length);
            received = received[length..];
        }
    }

    private bool Parse(MessageType type, ReadOnlySpan<byte> payload)
    {
        switch (type)
        {
            case MessageType.Hello: return Hello.TryParse(payload, out _);
            case MessageType.Source: return SourceIdentity.TryParse(payload, out _);
            case MessageType.OnAir: return OnAirState.TryParse(payload, out _);
            case MessageType.Ping: return Ping.TryParse(payload, out _);
            case MessageType.State: return CaptionerState.TryParse(payload, out _);
            case MessageType.Command: return Command.TryParse(payload, out _);
            case MessageType.Caption: return CaptionText.TryParse(payload, out _);
            case MessageType.Goodbye: return Goodbye.TryParse(payload, out _);
            case MessageType.Audio:
                if (!AudioBlock.TryParse(payload, out var block)) return false;
                block.CopyTo(_samples);
                Assert.All(_samples[..(block.Header.Frames * block.Header.Channels)], sample => Assert.True(float.IsFinite(sample)));
                return true;
            case MessageType.Pong:
                if (!Pong.TryParse(payload, out var pong)) return false;
                new ClockOffset().Add(pong, BridgeClock.Now);
                return true;
            default: return false;
        }
    }

    private int Sample(int kind)
    {
        int length;
        Assert.True(kind switch
        {
            0 => new Hello(BridgeRole.PlugIn, "BroadcastCaptions"u8, "OBS"u8).TryWrite(_wire, out length),
            1 => new SourceIdentity(SourceKind.Filter, "id"u8, "name"u8, "label"u8, "#FFFFFF"u8, "en"u8).TryWrite(_wire, out length),
            2 => AudioBlock.TryBegin(new AudioHeader(1, 2, 48_000, 2, 16), _wire, out _, out length),
            3 => new OnAirState(true, OffAirReason.None, 1, 2).TryWrite(_wire, out length),
            4 => new Ping(1, 2).TryWrite(_wire, out length),
            5 => new Pong(1, 2, 3, 4).TryWrite(_wire, out length),
            6 => new CaptionerState(true, "text"u8).TryWrite(_wire, out length),
            7 => new Command(CommandKind.Clear).TryWrite(_wire, out length),
            8 => new CaptionText(CaptionTextKind.Final, "ALICE"u8, "text"u8).TryWrite(_wire, out length),
            _ => new Goodbye(GoodbyeReason.Closing, "text"u8).TryWrite(_wire, out length),
        });
        return length;
    }
}
