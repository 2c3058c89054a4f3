using System.Text.Json;
using System.Xml.Linq;
using BroadcastCaptions.Measure;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Tests.Transcription;

/// <summary>'captions transcribe' as its users run it.</summary>
public sealed class TranscribeTests : IDisposable
{
    private const int Interrupted = 130;

    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_recording_gets_its_captions_beside_it_in_every_format()
    {
        var talk = _bench.Copy("talk.wav");
        var result = await _bench.RunAsync(talk, "--format", "all");
        Assert.True(result.Code == 0, result.Errors);
        Assert.Equal(["talk.json", "talk.srt", "talk.ttml", "talk.txt", "talk.vtt", "talk.wav"], Files());
        Assert.StartsWith("1\n00:00:00,", Read("talk.srt"), StringComparison.Ordinal);
        Assert.StartsWith("WEBVTT\n\n00:00:00.", Read("talk.vtt"), StringComparison.Ordinal);
        Assert.Equal("tt", XDocument.Parse(Read("talk.ttml")).Root!.Name.LocalName);
        using var json = JsonDocument.Parse(Read("talk.json"));
        var word = json.RootElement.GetProperty("segments")[0].GetProperty("words")[2];
        Assert.Equal("John", word.GetProperty("text").GetString());
        Assert.InRange(word.GetProperty("start").GetDouble(), 0.3, 1.5);
        Assert.InRange(WordErrors.Of(SpokenWords.Of(Bench.Talk.Reference), SpokenWords.Of(Read("talk.txt"))).Percent, 0, 20);
    }

    [Fact]
    [Trait("Category", "EndToEnd")]
    public async Task A_video_gets_its_captions()
    {
        await using (var ffmpeg = await GuardedProcess.StartAsync(
            ["ffmpeg", "-v", "error", "-nostdin", "-f", "lavfi", "-i", "color=size=64x64:rate=5", "-i", Bench.Talk.Path, "-shortest", "-c:a", "aac", _bench.Work["film.mp4"]]))
            Assert.Equal(0, await ffmpeg.Exited);
        var result = await _bench.RunAsync(_bench.Work["film.mp4"]);
        Assert.True(result.Code == 0, result.Errors);
        Assert.Contains("john", SpokenWords.Of(Read("film.srt")));
    }

    [Fact]
    public async Task Folders_are_taken_whole_and_kept_apart_in_the_output_folder()
    {
        _bench.Copy("shows", "one.wav");
        _bench.Copy("shows", "more", "one.wav");
        File.WriteAllText(_bench.Work["shows", "notes.md"], "no recording");
        var result = await _bench.RunAsync(Path.Combine(_bench.Work.Path, "shows"), "--out", Path.Combine(_bench.Work.Path, "captions"), "--format", "txt", "--json");
        Assert.True(result.Code == 0, result.Errors);
        Assert.True(File.Exists(_bench.Work["captions", "one.txt"]) && File.Exists(_bench.Work["captions", "more", "one.txt"]));
        using var document = JsonDocument.Parse(result.Output);
        var files = document.RootElement.GetProperty("files").EnumerateArray().ToArray();
        Assert.All(files, file => Assert.Equal("done", file.GetProperty("state").GetString()));
        Assert.Contains("john", SpokenWords.Of(files[1].GetProperty("segments")[0].GetProperty("text").GetString()!));
    }

    [Fact]
    public async Task What_is_finished_is_skipped_unless_it_is_to_be_overwritten()
    {
        var talk = _bench.Copy("talk.wav");
        File.WriteAllText(_bench.Work["talk.srt"], "mine");
        var skipped = await _bench.RunAsync(talk);
        Assert.Equal((0, "mine"), (skipped.Code, Read("talk.srt")));
        Assert.Contains("skipped", skipped.Errors, StringComparison.Ordinal);

        await _bench.RunAsync(talk, "--format", "srt,txt");
        Assert.Equal("mine", Read("talk.srt"));
        Assert.Contains("john", SpokenWords.Of(Read("talk.txt")));

        await _bench.RunAsync(talk, "--overwrite");
        Assert.Contains("john", SpokenWords.Of(Read("talk.srt")));
    }

    [Fact]
    public async Task An_interrupted_run_goes_on_where_it_was()
    {
        const int Times = 60;
        var talk = await _bench.RepeatAsync("long.wav", Times);
        var finished = _bench.Copy("a.wav");
        await using (var captions = await _bench.StartAsync(finished, talk, "--format", "txt"))
        {
            var journal = _bench.Work["long.captions-part"];
            await Wait.UntilAsync(() => (File.Exists(journal) && Lines(journal) > 3) || captions.HasExited, Wait.Generous, "some finals");
            var stopped = await captions.InterruptAsync();
            Bench.AssertSaid(stopped, Interrupted, "long.wav", "interrupted");
        }

        Assert.Equal(["a.txt", "a.wav", "long.captions-part", "long.wav"], Files());
        var gone = await _bench.RunAsync(finished, talk, "--format", "txt");
        Assert.True(gone.Code == 0, gone.Errors);
        Assert.Contains("long.wav goes on at", gone.Errors, StringComparison.Ordinal);
        Assert.Equal(["a.txt", "a.wav", "long.txt", "long.wav"], Files());
        Assert.InRange(SpokenWords.Of(Read("long.txt")).Count(word => word == "dashwood"), Times - 6, Times);
    }

    [Fact]
    public async Task Words_of_the_block_list_do_not_appear_anywhere()
    {
        var talk = _bench.Copy("talk.wav");
        var result = await _bench.RunWithAsync(new() { ["CAPTIONS__BLOCKLIST__ADD__0"] = "dashwood" }, talk, "--format", "all", "--json");
        Assert.True(result.Code == 0, result.Errors);
        Assert.All(["talk.srt", "talk.vtt", "talk.ttml", "talk.txt", "talk.json"], file => Assert.DoesNotContain("dashwood", Read(file), StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("dashwood", result.Output, StringComparison.OrdinalIgnoreCase);
    }

    private static int Lines(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().Count(c => c == '\n');
    }

    private string[] Files() => [.. Directory.GetFiles(_bench.Work.Path).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    private string Read(string name) => File.ReadAllText(_bench.Work[name]);
}
