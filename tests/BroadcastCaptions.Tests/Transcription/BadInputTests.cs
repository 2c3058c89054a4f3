using System.Text.Json;
using BroadcastCaptions.Measure;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Tests.Transcription;

/// <summary>Bad input gets one clear sentence and the right exit code; the others go on, and nothing is lost.</summary>
public sealed class BadInputTests : IDisposable
{
    private const int Failed = 1;
    private const int Usage = 2;

    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_missing_file_is_named() => Bench.AssertSaid(await _bench.RunAsync(_bench.Work["nothing.wav"]), Usage, "nothing.wav");

    [Fact]
    public async Task Bad_files_are_named_and_the_others_go_on()
    {
        File.WriteAllBytes(_bench.Work["empty.wav"], []);
        File.WriteAllText(_bench.Work["words.wav"], "These are words, and no sound.");
        var good = _bench.Copy("good.wav");
        var result = await _bench.RunAsync(_bench.Work["empty.wav"], _bench.Work["words.wav"], _bench.Work["missing.wav"], good, "--json");
        Bench.AssertSaid(result, Failed, "empty.wav is empty", "words.wav is a text file", "missing.wav", "3 failed");
        Assert.Contains("john", SpokenWords.Of(File.ReadAllText(_bench.Work["good.srt"])));
        using var document = JsonDocument.Parse(result.Output);
        Assert.Equal(["failed", "failed", "failed", "done"], document.RootElement.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("state").GetString()));
        Assert.Equal(["empty.wav", "good.srt", "good.wav", "words.wav"], Directory.GetFiles(_bench.Work.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_WAV_that_was_cut_is_captioned_as_far_as_it_goes_and_says_so()
    {
        var whole = await File.ReadAllBytesAsync(Bench.Talk.Path);
        await File.WriteAllBytesAsync(_bench.Work["cut.wav"], whole[..((whole.Length / 2) + 1)]);
        var result = await _bench.RunAsync(_bench.Work["cut.wav"]);
        Bench.AssertSaid(result, 0, "cut.wav is cut short");
        var words = SpokenWords.Of(File.ReadAllText(_bench.Work["cut.srt"]));
        Assert.Contains("john", words);
        Assert.DoesNotContain("power", words);
    }

    [Fact]
    public async Task A_WAV_of_200_channels_is_captioned()
    {
        var talk = await File.ReadAllBytesAsync(Bench.Talk.Path);
        var samples = talk.AsSpan(talk.AsSpan().IndexOf("data"u8) + 8);
        await using (var file = new BinaryWriter(File.Create(_bench.Work["wide.wav"])))
        {
            file.Write("RIFF"u8);
            file.Write(36 + (200 * samples.Length));
            file.Write("WAVEfmt "u8);
            file.Write(16);
            file.Write((short)1);
            file.Write((short)200);
            file.Write(16_000);
            file.Write(16_000 * 400);
            file.Write((short)400);
            file.Write((short)16);
            file.Write("data"u8);
            file.Write(200 * samples.Length);
            for (var at = 0; at < samples.Length; at += 2)
                for (var channel = 0; channel < 200; channel++) file.Write(samples.Slice(at, 2));
        }

        var result = await _bench.RunAsync(_bench.Work["wide.wav"]);
        Assert.True(result.Code == 0, result.Errors);
        Assert.Contains("john", SpokenWords.Of(File.ReadAllText(_bench.Work["wide.srt"])));
    }

    [Fact]
    [Trait("Category", "EndToEnd")]
    public async Task A_video_without_sound_says_so()
    {
        await using (var ffmpeg = await GuardedProcess.StartAsync(["ffmpeg", "-v", "error", "-nostdin", "-f", "lavfi", "-i", "color=size=64x64:duration=0.2", _bench.Work["mute.mp4"]]))
            Assert.Equal(0, await ffmpeg.Exited);
        Bench.AssertSaid(await _bench.RunAsync(_bench.Work["mute.mp4"]), Failed, "mute.mp4 holds no sound");
        Assert.Equal(["mute.mp4"], Directory.GetFiles(_bench.Work.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_disk_that_is_full_is_named_and_the_run_goes_on_once_there_is_room()
    {
        await using var disk = await SmallDisk.TryMountAsync();
        if (disk is null) return; // a container without the right to mount
        var talk = _bench.Copy("talk.wav");
        disk.Fill();
        Bench.AssertSaid(await _bench.RunAsync(talk, "--out", disk.Path), Failed, "The disk is full");
        Assert.False(File.Exists(Path.Combine(disk.Path, "talk.srt")));
        disk.Free();
        var result = await _bench.RunAsync(talk, "--out", disk.Path);
        Assert.True(result.Code == 0, result.Errors);
        Assert.Equal(["talk.srt"], Directory.GetFiles(disk.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task An_output_folder_that_cannot_be_made_is_named()
    {
        File.WriteAllText(_bench.Work["file"], "");
        Bench.AssertSaid(await _bench.RunAsync(_bench.Copy("talk.wav"), "--out", Path.Combine(_bench.Work["file"], "folder")), Failed, "folder");
    }

    [Theory]
    [InlineData("--format", "sbv", "sbv")]
    [InlineData("--language", "xx", "\"xx\"")]
    [InlineData("--task", "translate", "cannot translate")]
    [InlineData("--batch-size", "0", "--batch-size is 0")]
    [InlineData("--model", "nonsense", "nonsense")]
    [InlineData("--mode", "hasty", "hasty")]
    public async Task What_is_not_allowed_is_named(string option, string value, string named) =>
        Bench.AssertSaid(await _bench.RunAsync(_bench.Copy("talk.wav"), option, value), Usage, named);

    [Fact]
    public async Task A_folder_without_recordings_is_named() =>
        Bench.AssertSaid(await _bench.RunAsync(_bench.Work.Folder("nothing")), Usage, "no recording", "nothing");
}
