using System.Collections.Concurrent;
using BroadcastCaptions.Audio.PlugIns;
using BroadcastCaptions.Bridge;
using BroadcastCaptions.Bridge.Messages;
using BroadcastCaptions.Bridge.Places;
using BroadcastCaptions.Control;
using BroadcastCaptions.Failures;
using BroadcastCaptions.TestKit.PlugIns;
using BroadcastCaptions.TestKit.Processes;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Audio.Tests.PlugIns;

/// <summary>What a plug-in sends becomes frames without gap or overlap, on air where it said so, to the very sample.</summary>
public sealed class PlugInServerTests : IAsyncDisposable
{
    private const long Millisecond = 1_000_000;
    private const float Tolerance = 0.0015f; // s: a clock's ticks, and a sample

    private readonly TemporaryFolder _folder = new();
    private readonly string _place;
    private readonly MediaClock _clock = new(TimeProvider.System);
    private readonly ConcurrentQueue<IAudioTap> _taps = new();
    private readonly ConcurrentQueue<ControlMessage> _messages = new();
    private readonly PlugInServer _server;

    public PlugInServerTests()
    {
        _server = new PlugInServer(_clock, _taps.Enqueue, _messages.Enqueue, _ => { });
        _place = UnixPlace.SocketIn(_folder.Path);
        _server.Start(_place);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_gap_becomes_silence_of_its_length_and_is_counted()
    {
        using var plugIn = await FakePlugIn.ConnectAsync(_place, "mic");
        var zero = BridgeClock.Now - (300 * Millisecond);
        plugIn.OnAir(true, 0, zero);
        plugIn.Play(0, zero, 0.1f);
        plugIn.Play(480, zero + (10 * Millisecond), 0.2f);
        plugIn.Play(4800, zero + (100 * Millisecond), 0.3f);
        var heard = await ReadAsync(plugIn, 5280);
        Assert.Equal(4, heard.Chunks.Select(chunk => chunk.Value).Distinct().Count());
        Assert.Equal(5280 - (3 * 480), heard.Chunks.Where(chunk => chunk.IsFill).Sum(chunk => chunk.Length));
        Assert.Equal(3840, heard.Tap.Status.FilledSamples);
        Assert.Equal(480, heard.Chunks.Where(chunk => chunk.Value == 0.3f).Sum(chunk => chunk.Length));
    }

    [Fact]
    public async Task On_and_off_air_are_told_at_their_sample_and_in_order()
    {
        using var plugIn = await FakePlugIn.ConnectAsync(_place, "mic");
        var zero = BridgeClock.Now - (300 * Millisecond);
        plugIn.OnAir(true, 0, zero);
        plugIn.Play(0, zero, 0.1f);
        plugIn.OnAir(false, 480, zero + (10 * Millisecond));
        plugIn.OnAir(true, 2400, zero + (50 * Millisecond));
        plugIn.Play(2400, zero + (50 * Millisecond), 0.2f);
        var heard = await ReadAsync(plugIn, 2880);
        var edges = _messages.OfType<OnAirChanged>().Skip(1).ToArray();
        Assert.Equal([true, false, true], edges.Select(edge => edge.OnAir));
        Assert.Equal("muted in OBS", edges[1].Why);
        Assert.Equal(0.01f, (float)(edges[1].At - edges[0].At), Tolerance);
        Assert.Equal(0.05f, (float)(edges[2].At - edges[0].At), Tolerance);
        Assert.Equal((float)edges[0].At.Seconds, (float)heard.Chunks[0].Start, Tolerance);
    }

    [Fact]
    public async Task What_is_too_old_is_dropped_and_counted()
    {
        using var plugIn = await FakePlugIn.ConnectAsync(_place, "mic");
        var old = BridgeClock.Now - (5_000 * Millisecond);
        plugIn.OnAir(true, 0, old);
        plugIn.Play(0, old, 0.1f);
        plugIn.Play(240_000, old + (5_000 * Millisecond), 0.2f);
        var heard = await ReadAsync(plugIn, 480);
        Assert.Equal(480, heard.Tap.Status.DroppedSamples);
        Assert.DoesNotContain(heard.Chunks, chunk => chunk.Value == 0.1f);
    }

    [Fact]
    public async Task A_source_that_comes_back_goes_on_with_its_tap_and_a_second_of_its_name_has_another()
    {
        var first = await FakePlugIn.ConnectAsync(_place, "mic");
        await TapAsync(1);
        using var second = await FakePlugIn.ConnectAsync(_place, "mic");
        await TapAsync(2);
        Assert.Equal(["mic", "mic-2"], _taps.Select(tap => tap.Source.Id));
        Assert.Equal(("MIC", "#FF8000"), (_taps.First().Source.Label, _taps.First().Source.Colour));
        first.Dispose();
        await Wait.UntilAsync(() => _taps.First().Status.State == TapState.Waiting, Wait.Generous, "the end of the first");
        using var again = await FakePlugIn.ConnectAsync(_place, "mic");
        await Wait.UntilAsync(() => _taps.First().Status.State == TapState.Running, Wait.Generous, "its return");
        Assert.Equal(2, _taps.Count);
    }

    [Fact]
    public async Task A_new_label_is_told()
    {
        using var plugIn = await FakePlugIn.ConnectAsync(_place, "mic");
        plugIn.Name("mic", "ALICE");
        await Wait.UntilAsync(() => _messages.OfType<SourceChanged>().Any(m => m.Source is { Id: "mic", Label: "ALICE" }), Wait.Generous, "the label");
    }

    [Fact]
    public async Task The_language_that_its_user_chose_is_told_without_its_region()
    {
        using var plugIn = await FakePlugIn.ConnectAsync(_place, "mic");
        var tap = await TapAsync(1);
        Assert.Null(tap.Source.Language);
        plugIn.Name("mic", "MIC", "pt-BR");
        await Wait.UntilAsync(() => tap.Source.Language == "pt", Wait.Generous, "the language");
    }

    [Fact]
    public async Task Blocks_out_of_order_are_malformed()
    {
        using var plugIn = await FakePlugIn.ConnectAsync(_place, "mic");
        plugIn.Play(480, BridgeClock.Now, 0);
        plugIn.Play(0, BridgeClock.Now, 0);
        Assert.Equal(GoodbyeReason.Malformed, await plugIn.GoodbyeAsync());
    }

    [Fact]
    public async Task More_sources_than_anyone_reads_are_not_wanted()
    {
        var plugIns = await Task.WhenAll(Enumerable.Range(0, PlugInServer.MostSources + 1).Select(n => FakePlugIn.ConnectAsync(_place, $"mic {n}")));
        await Wait.UntilAsync(() => _taps.Count == PlugInServer.MostSources, Wait.Generous, "all taps");
        foreach (var plugIn in plugIns) plugIn.Dispose();
    }

    [Fact]
    public void A_second_captioner_says_so()
    {
        var second = new PlugInServer(_clock, _ => { }, _ => { }, _ => { });
        Assert.Contains("Another captioner", Assert.Throws<CaptionsException>(() => second.Start(_place)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_of_another_user_is_sent_away_even_where_the_folder_lets_it_in()
    {
        if (OperatingSystem.IsWindows() || !OtherUser.CanBe) return; // only root can be somebody else
        using var folder = new TemporaryFolder();
        var reports = new ConcurrentQueue<string>();
        await using var server = new PlugInServer(_clock, _taps.Enqueue, _messages.Enqueue, state => reports.Enqueue(state.Detail));
        var place = UnixPlace.SocketIn(folder.Path);
        server.Start(place);
        const UnixFileMode All = (UnixFileMode)0b111_111_111;
        File.SetUnixFileMode(folder.Path, All);
        File.SetUnixFileMode(place, All);
        Assert.Equal(0, OtherUser.ReceiveFrom(place)); // closed without a word
        await Wait.UntilAsync(() => reports.Any(report => report.Contains("another user", StringComparison.Ordinal)), Wait.Generous, "the report");
    }

    private async Task<IAudioTap> TapAsync(int count)
    {
        await Wait.UntilAsync(() => _taps.Count == count, Wait.Generous, "a tap");
        return _taps.Last();
    }

    private async Task<(IAudioTap Tap, List<(double Start, int Length, float Value, bool IsFill)> Chunks)> ReadAsync(FakePlugIn plugIn, int frames)
    {
        plugIn.Name("mic", "ALL SENT"); // in order: once it is known, everything before it is
        await Wait.UntilAsync(() => _messages.OfType<SourceChanged>().Any(m => m.Source.Label == "ALL SENT"), Wait.Generous, "what was sent");
        var tap = await TapAsync(1);
        var chunks = new List<(double Start, int Length, float Value, bool IsFill)>();
        await Wait.UntilAsync(
            () =>
            {
                if (chunks.Sum(chunk => chunk.Length) >= frames) return true;
                if (!tap.TryRead(out var frame)) return false;
                if (chunks.Count > 0) Assert.Equal(chunks[^1].Start + (chunks[^1].Length / 48_000.0), frame.Start.Seconds, tolerance: 1e-6);
                chunks.Add((frame.Start.Seconds, frame.Samples.Length, frame.Samples[0], frame.IsFill));
                return false;
            },
            Wait.Generous,
            $"{frames} frames");
        return (tap, chunks);
    }
}
