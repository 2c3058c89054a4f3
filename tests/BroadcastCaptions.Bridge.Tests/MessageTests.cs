using System.Runtime.InteropServices;
using System.Text;
using BroadcastCaptions.Bridge.Messages;
using BroadcastCaptions.TestKit;

namespace BroadcastCaptions.Bridge.Tests;

/// <summary>What is written is read, and looks on the wire as docs/bridge.md says.</summary>
public sealed class MessageTests
{
    private readonly byte[] _wire = new byte[BridgeProtocol.HeaderLength + BridgeProtocol.LongestPayload];

    [Fact]
    public void Hello_looks_as_the_document_says()
    {
        Assert.True(new Hello(BridgeRole.PlugIn, "P 1"u8, "H"u8).TryWrite(_wire, out var length));
        Assert.Equal("1100000001000000" + "4243425201000000" + "01" + "0300502031" + "010048", Convert.ToHexStringLower(_wire.AsSpan(0, length)));
    }

    [Fact]
    public void Hello_goes_there_and_back()
    {
        Assert.True(new Hello(BridgeRole.PlugIn, "BroadcastCaptions 0.1.0"u8, "OBS Studio 29.0.2"u8).TryWrite(_wire, out var length));
        Assert.True(Hello.TryParse(Payload(MessageType.Hello, length), out var hello));
        Assert.Equal(("BroadcastCaptions 0.1.0", "OBS Studio 29.0.2", BridgeRole.PlugIn), (Text(hello.Program), Text(hello.Host), hello.Role));
        Assert.True(hello.IsSpoken);
    }

    [Fact]
    public void Another_major_version_is_known_as_such_whatever_follows()
    {
        byte[] payload = [0x42, 0x43, 0x42, 0x52, 2, 0, 7, 0, 0xFF, 0xFF];
        Assert.True(Hello.TryParse(payload, out var hello));
        Assert.Equal((2, 7, false), (hello.Major, hello.Minor, hello.IsSpoken));
    }

    [Fact]
    public void Fields_that_a_later_version_adds_are_passed_over()
    {
        Assert.True(new Ping(7, 42).TryWrite(_wire, out var length));
        Assert.True(Ping.TryParse(_wire.AsSpan(BridgeProtocol.HeaderLength, length), out var ping)); // 8 bytes more than there were
        Assert.Equal(new Ping(7, 42), ping);
    }

    [Fact]
    public void Source_goes_there_and_back()
    {
        Assert.True(new SourceIdentity(SourceKind.Track, "track-1"u8, "Track 1"u8, "Zoë"u8, "#FF8800"u8, "en"u8).TryWrite(_wire, out var length));
        Assert.True(SourceIdentity.TryParse(Payload(MessageType.Source, length), out var source));
        Assert.Equal(
            (SourceKind.Track, "track-1", "Track 1", "Zoë", "#FF8800", "en"),
            (source.Kind, Text(source.Id), Text(source.Name), Text(source.Label), Text(source.Colour), Text(source.Language)));
    }

    [Fact]
    public void Audio_goes_there_and_back_bit_for_bit_and_what_is_no_number_is_silence()
    {
        var header = new AudioHeader(123_456_789_012, 987_654_321, 48_000, 2, 3);
        float[] samples = [0.25f, -1, float.Epsilon, float.NaN, 1.5f, float.PositiveInfinity];
        Assert.True(AudioBlock.TryBegin(header, _wire, out var room, out var length));
        MemoryMarshal.AsBytes<float>(samples).CopyTo(room);
        Assert.True(AudioBlock.TryParse(Payload(MessageType.Audio, length), out var block));
        Assert.Equal(header, block.Header);
        var heard = new float[6];
        block.CopyTo(heard);
        Assert.Equal([0.25f, -1, float.Epsilon, 0, 1.5f, 0], heard);
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(800_000, 1, 1)]
    [InlineData(48_000, 0, 1)]
    [InlineData(48_000, 9, 1)]
    [InlineData(48_000, 1, 0)]
    [InlineData(48_000, 1, 8193)]
    public void Audio_out_of_range_is_neither_written_nor_read(int rate, int channels, int frames)
    {
        Assert.False(AudioBlock.TryBegin(new AudioHeader(0, 0, rate, channels, frames), _wire, out _, out _));
        Assert.True(AudioBlock.TryBegin(new AudioHeader(0, 0, 48_000, 1, 1), _wire, out _, out var length));
        MemoryMarshal.Write(_wire.AsSpan(24), rate);
        MemoryMarshal.Write(_wire.AsSpan(28), (ushort)channels);
        MemoryMarshal.Write(_wire.AsSpan(32), frames);
        Assert.False(AudioBlock.TryParse(Payload(MessageType.Audio, length), out _));
    }

    [Fact]
    public void The_longest_block_fits()
    {
        Assert.True(AudioBlock.TryBegin(new AudioHeader(0, 0, 48_000, 8, 8192), _wire, out _, out var length));
        Assert.True(AudioBlock.TryParse(Payload(MessageType.Audio, length), out _));
    }

    [Theory]
    [InlineData(1, 0, true, OffAirReason.None)]
    [InlineData(1, 2, true, OffAirReason.None)]
    [InlineData(0, 2, false, OffAirReason.Muted)]
    [InlineData(0, 0, false, OffAirReason.Unknown)]
    [InlineData(0, 99, false, OffAirReason.Unknown)]
    [InlineData(2, 0, false, OffAirReason.Unknown)]
    public void Only_a_plain_yes_is_on_air(byte onAir, byte reason, bool expected, OffAirReason why)
    {
        Assert.True(new OnAirState(true, OffAirReason.None, 48_000, 5).TryWrite(_wire, out var length));
        (_wire[length - 2], _wire[length - 1]) = (onAir, reason);
        Assert.True(OnAirState.TryParse(Payload(MessageType.OnAir, length), out var state));
        Assert.Equal(new OnAirState(expected, why, 48_000, 5), state);
    }

    [Fact]
    public void Notices_go_there_and_back()
    {
        Assert.True(new CaptionerState(true, "Listening."u8).TryWrite(_wire, out var length));
        Assert.True(CaptionerState.TryParse(Payload(MessageType.State, length), out var state));
        Assert.Equal((true, "Listening."), (state.IsGood, Text(state.Text)));
        Assert.True(new Goodbye(GoodbyeReason.Version, "No."u8).TryWrite(_wire, out length));
        Assert.True(Goodbye.TryParse(Payload(MessageType.Goodbye, length), out var goodbye));
        Assert.Equal((GoodbyeReason.Version, "No."), (goodbye.Reason, Text(goodbye.Text)));
    }

    [Fact]
    public void Long_text_is_cut_between_characters()
    {
        Assert.True(new CaptionerState(true, Encoding.UTF8.GetBytes(new string('é', 600) + "x")).TryWrite(_wire, out var length));
        Assert.True(CaptionerState.TryParse(Payload(MessageType.State, length), out var state));
        Assert.Equal(new string('é', 512), Text(state.Text));
    }

    [Fact]
    public void What_does_not_fit_is_not_written()
    {
        Assert.False(new Ping(1, 2).TryWrite(_wire.AsSpan(0, 19), out var written));
        Assert.Equal(0, written);
        Assert.False(new Hello(BridgeRole.PlugIn, "P"u8).TryWrite(_wire.AsSpan(0, 3), out _));
        Assert.False(AudioBlock.TryBegin(new AudioHeader(0, 0, 48_000, 2, 100), _wire.AsSpan(0, 200), out _, out _));
    }

    [Fact]
    public void Writing_and_reading_allocate_nothing()
    {
        var heard = new float[2048];
        var good = true;
        Assert.Equal(0, Allocations.Of(() =>
        {
            good &= AudioBlock.TryBegin(new AudioHeader(1, 2, 48_000, 2, 1024), _wire, out var room, out var length);
            room.Fill(1);
            BridgeFrame.Read(_wire.AsSpan(0, length), out _, out var payload, out _);
            good &= AudioBlock.TryParse(payload, out var block);
            block.CopyTo(heard);
            good &= new SourceIdentity(SourceKind.Filter, "a"u8, "b"u8, "c"u8, "d"u8, "e"u8).TryWrite(_wire, out length);
            BridgeFrame.Read(_wire.AsSpan(0, length), out _, out payload, out _);
            good &= SourceIdentity.TryParse(payload, out _);
        }));
        Assert.True(good);
    }

    private ReadOnlySpan<byte> Payload(MessageType type, int length)
    {
        Assert.Equal(FrameStatus.Complete, BridgeFrame.Read(_wire, out var read, out var payload, out var whole));
        Assert.Equal((type, length), (read, whole));
        return payload;
    }

    private static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);
}
