using BroadcastCaptions.Audio;
using BroadcastCaptions.Captions.Sidecars;
using BroadcastCaptions.Events;
using BroadcastCaptions.Failures;
using BroadcastCaptions.Metrics;
using BroadcastCaptions.Options;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Captions.Tests.Sidecars;

public sealed class SidecarFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sidecars-").FullName;

    [Fact]
    public async Task A_folder_gets_one_file_of_each_kind_named_after_the_start()
    {
        var folder = Path.Combine(_folder, "new", "captions");
        await OpenAndClose(new SidecarOptions { Folder = folder });
        Assert.Equal(["2026-11-22 20-15-03.srt", "2026-11-22 20-15-03.txt", "2026-11-22 20-15-03.vtt"], Names(folder));
    }

    [Fact]
    public async Task Names_that_are_taken_are_left_alone()
    {
        var taken = Path.Combine(_folder, "2026-11-22 20-15-03.vtt");
        await File.WriteAllTextAsync(taken, "precious");
        await OpenAndClose(new SidecarOptions { Folder = _folder });
        Assert.Equal("precious", await File.ReadAllTextAsync(taken));
        Assert.Equal(4, Names(_folder).Length);
        Assert.Contains("2026-11-22 20-15-03 (2).srt", Names(_folder));
    }

    [Fact]
    public async Task A_named_file_that_holds_something_is_a_usage_error()
    {
        var path = Path.Combine(_folder, "talk.srt");
        await File.WriteAllTextAsync(path, "precious");
        var error = Assert.Throws<CaptionsException>(() => Files().Open(new SidecarOptions { Srt = path }));
        Assert.Equal(ExitCode.Usage, error.Code);
        Assert.Contains("talk.srt", error.Message, StringComparison.Ordinal);
        Assert.Equal("precious", await File.ReadAllTextAsync(path));
    }

    [Fact]
    public void One_file_for_two_kinds_of_captions_is_a_usage_error()
    {
        var path = Path.Combine(_folder, "talk.txt");
        var error = Assert.Throws<CaptionsException>(() => Files().Open(new SidecarOptions { Srt = path, Txt = Path.Combine(_folder, ".", "talk.txt") }));
        Assert.Equal(ExitCode.Usage, error.Code);
        Assert.Contains("two kinds", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_at_start_leaves_no_file_that_would_stop_the_next_start()
    {
        var (vtt, notAFolder) = (Path.Combine(_folder, "talk.vtt"), Path.Combine(_folder, "file"));
        File.WriteAllText(notAFolder, "x");
        var options = new SidecarOptions { Vtt = vtt, Folder = Path.Combine(notAFolder, "captions") };
        Assert.Throws<CaptionsException>(() => Files().Open(options));
        foreach (var sink in Files().Open(new SidecarOptions { Vtt = vtt })) Assert.Equal(vtt, sink.Path);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_one_clear_sentence()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "x");
        var error = Assert.Throws<CaptionsException>(() => Files().Open(new SidecarOptions { Folder = Path.Combine(file, "captions") }));
        Assert.Equal(ExitCode.Failed, error.Code);
        Assert.StartsWith($"The folder {Path.Combine(file, "captions")} cannot be made", error.Message, StringComparison.Ordinal);
        Assert.NotEqual("", error.Remedy);
        Assert.Equal($"'{_folder}' is a folder, not a file.", Assert.Throws<CaptionsException>(() => Files().Open(new SidecarOptions { Srt = _folder })).Message);
    }

    [Fact]
    public async Task Each_sink_is_named_after_its_file_and_keeps_everything()
    {
        var sink = Assert.Single(Files().Open(new SidecarOptions { Txt = Path.Combine(_folder, "talk.txt") }));
        Assert.Equal(("sidecar:talk.txt", Overflow.KeepAll), (sink.Name, sink.Overflow));
        await sink.DisposeAsync();
    }

    [Fact]
    public async Task What_was_said_is_in_the_file_before_the_next_event()
    {
        var path = Path.Combine(_folder, "talk.srt");
        var sink = Assert.Single(Files().Open(new SidecarOptions { Srt = path }));
        await sink.HandleAsync(new TranscriptEvent(new MediaTime(2), Say.Final("mic", 1, "Grüße aus 東京.", 1)), CancellationToken.None);
        Assert.Equal("Grüße aus 東京.", Assert.Single(CaptionFile.Srt(await File.ReadAllTextAsync(path))).Text);
        await sink.DisposeAsync();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static SidecarFiles Files() => new(
        new MediaClock(new Evening()),
        [new AudioSource("mic")], new Counters(), state => Assert.Fail(state.Detail));

    private static async Task OpenAndClose(SidecarOptions options)
    {
        foreach (var sink in Files().Open(options)) await sink.DisposeAsync();
    }

    private static string[] Names(string folder) => [.. Directory.GetFiles(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    /// <summary>A clock that stands still, in a zone east of Greenwich: names are in local time.</summary>
    private sealed class Evening : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone { get; } = TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(1), "test", "test");

        public override DateTimeOffset GetUtcNow() => new(2026, 11, 22, 19, 15, 3, TimeSpan.Zero);
    }
}
