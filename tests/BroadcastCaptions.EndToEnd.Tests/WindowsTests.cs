using System.Runtime.InteropServices;
using System.Text.Json;
using BroadcastCaptions.Measure;
using BroadcastCaptions.TestKit.Obs;
using BroadcastCaptions.TestKit.Processes;
using BroadcastCaptions.TestKit.Product;

namespace BroadcastCaptions.EndToEnd.Tests;

/// <summary>The program for Windows, as far as Wine stands for one.</summary>
[Trait("Category", "EndToEnd")]
public sealed class WindowsTests
{
    [Fact]
    public async Task Recordings_are_transcribed_once_and_what_is_said_of_them_is_UTF_8()
    {
        await using var windows = await WindowsProgram.InstallAsync();
        using var folder = new TemporaryFolder();
        var recording = folder["Gespräch.wav"];
        File.Copy(Show.Sentence.Path, recording);
        string[] how = ["--format", "srt,json", "--json"];

        var done = await windows.CaptionsAsync(["transcribe", WindowsProgram.PathOf(recording), .. how]);
        Assert.True(done.Code == 0, done.Errors);
        var file = JsonDocument.Parse(done.Output).RootElement.GetProperty("files")[0];
        Assert.Equal(("done", "Gespräch.wav"), (file.GetProperty("state").GetString(), file.GetProperty("file").GetString()!.Split('\\')[^1]));
        Show.AssertSaid(Show.Sentence, SpokenWords.Of(string.Join(' ', file.GetProperty("segments").EnumerateArray().Select(segment => segment.GetProperty("text").GetString()))));
        Assert.Equal(["Gespräch.json", "Gespräch.srt", "Gespräch.wav"], Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        var again = await windows.CaptionsAsync(["transcribe", WindowsProgram.PathOf(folder["*.*"]), .. how]); // its shells leave wildcards to programs
        Assert.Equal((0, "skipped"), (again.Code, JsonDocument.Parse(again.Output).RootElement.GetProperty("files")[0].GetProperty("state").GetString()));
    }

    [Fact]
    public async Task Live_captions_reach_a_real_OBS_and_the_files_of_the_show()
    {
        await using var show = await Show.BeginAsync();
        await using var observer = await show.Obs.ObserveAsync();
        await using var windows = await WindowsProgram.InstallAsync();
        using var folder = new TemporaryFolder();
        windows.Set("CAPTIONS__OBS__PORT", $"{show.Obs.Settings.Port}");
        windows.Set("CAPTIONS__OBS__PASSWORD", show.Obs.Settings.Password);
        await using var captions = await windows.StartAsync("live", "--tap", WindowsProgram.PathOf(Show.Sentence.Path), "--json", "--out", WindowsProgram.PathOf(folder.Path));
        await Wait.UntilAsync(
            async () => SpokenWords.Of(await observer.TextAsync(Show.Captions) ?? "").Contains("consider"),
            Wait.Generous, "words in OBS");
        var result = await captions.ResultAsync();
        Assert.True(result.Code == 0, result.Errors);
        Show.AssertSaid(Show.Sentence, SpokenWords.Of(result.FinalText));
        Assert.All([".srt", ".vtt", ".txt"], kind => Assert.Contains("Dashwood", File.ReadAllText(Directory.EnumerateFiles(folder.Path, "*" + kind).Single()), StringComparison.Ordinal));
        await Wait.UntilAsync(async () => await observer.TextAsync(Show.Captions) is "", Wait.Generous, "a screen without captions");
    }

    [Fact]
    public async Task A_plug_in_and_the_captioner_meet_at_a_named_pipe()
    {
        await using var windows = await WindowsProgram.InstallAsync();
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder["samples"], MemoryMarshal.AsBytes<float>(await Ffmpeg.SamplesAsync(Show.Sentence.Path)).ToArray());
        await using var captions = await windows.StartAsync("live", "--tap", "obs", "--json");
        await captions.StateAsync("plugin", "waiting");
        await using var plugIn = await windows.StartPlugInAsync("mic", folder["samples"]);
        var final = await captions.EventAsync("final", e => e.GetProperty("text").GetString()!.Contains("them", StringComparison.Ordinal), "the last words");
        Assert.Equal("mic", final.GetProperty("source").GetString());

        var second = await windows.CaptionsAsync("live", "--tap", "obs");
        Assert.Equal(1, second.Code);
        Assert.Contains("Another captioner listens to the plug-in already.", second.Errors, StringComparison.Ordinal);

        captions.Send(PosixSignalNumber.Kill);
        var told = await plugIn.Output.ReadAllAsync().ToListAsync();
        Assert.Contains("State||The captioner captions it as MIC.", told);
        Show.AssertSaid(Show.Sentence, SpokenWords.Of(string.Join(' ', told.Where(line => line.StartsWith("Final|MIC|", StringComparison.Ordinal)).Select(line => line.Split('|')[2]))));
        Assert.Equal("closed", told[^1]);
    }

    [Fact]
    public async Task A_microphone_is_heard_and_again_when_it_has_been_plugged_in_again()
    {
        await using var windows = await WindowsProgram.InstallAsync();
        using var folder = new TemporaryFolder();
        await using var sound = await SoundServer.StartAsync(folder.Folder("home"), folder.Folder("run"));
        await PlugInAsync(sound);
        windows.Set("PULSE_SERVER", $"unix:{folder["run", "pulse", "native"]}");
        var taps = await windows.CaptionsAsync("taps", "--json");
        Assert.Contains(JsonDocument.Parse(taps.Output).RootElement.EnumerateArray(), tap => tap.GetProperty("tap").GetString() == "device:Yeti" && tap.GetProperty("rate").GetInt32() == 48_000);

        await using var captions = await windows.StartAsync("live", "--no-obs", "--tap", "ALICE=device:yeti", "--json");
        await captions.StateAsync("tap:alice", "ok");
        await SpeakAsync(sound, captions, sentences: 1);
        await PactlAsync(sound, "unload-module", "module-remap-source");
        var lost = await captions.EventAsync("state", e => IsAbout(e, "waiting", "cannot be opened"), "the loss");
        await PlugInAsync(sound);
        await captions.EventAsync("state", e => IsAbout(e, "ok", "Yeti") && e.GetProperty("emitted").GetDouble() > lost.GetProperty("emitted").GetDouble(), "its return");
        await SpeakAsync(sound, captions, sentences: 2);
    }

    [Fact]
    public async Task A_model_that_is_in_use_is_not_removed_by_halves()
    {
        await using var windows = await WindowsProgram.InstallAsync();
        using var folder = new TemporaryFolder();
        foreach (var path in Directory.EnumerateFiles(CaptionsProgram.ModelFolder, "*", SearchOption.AllDirectories).Where(path => !path.EndsWith(".lock", StringComparison.Ordinal)))
        {
            var copy = folder[Path.GetRelativePath(CaptionsProgram.ModelFolder, path)];
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }

        windows.Set("CAPTIONS__MODEL__FOLDER", WindowsProgram.PathOf(folder.Path));
        windows.Set("PULSE_SERVER", "none");
        var files = Directory.GetFiles(folder["moonshine-tiny"]);
        await using var live = await windows.StartAsync("live", "--no-obs", "--tap", "mic", "--json");
        await live.EventAsync("metrics");
        var removal = await windows.CaptionsAsync("models", "rm", "moonshine-tiny", "--yes");
        Assert.Equal(1, removal.Code);
        Assert.Contains("The model moonshine-tiny is in use", removal.Errors, StringComparison.Ordinal);
        Assert.Equal(files, Directory.GetFiles(folder["moonshine-tiny"]));
    }

    [Fact]
    public async Task What_there_is_not_on_Windows_yet_is_said()
    {
        await using var windows = await WindowsProgram.InstallAsync();
        windows.Set("PULSE_SERVER", "none");
        await using var live = await windows.StartAsync("live", "--no-obs", "--tap", "mic", "--json");
        await live.EventAsync("state", e => e.GetProperty("detail").GetString() is "There is no microphone; captions begin when one is plugged in.");
        var plugin = await windows.CaptionsAsync("plugin", "install");
        Assert.Equal(1, plugin.Code);
        Assert.Contains("does not carry the OBS plug-in", plugin.Errors, StringComparison.Ordinal);
    }

    private static bool IsAbout(JsonElement state, string health, string detail) =>
        state.GetProperty("health").GetString() == health && state.GetProperty("detail").GetString()!.Contains(detail, StringComparison.Ordinal);

    private static async Task SpeakAsync(SoundServer sound, CaptionsProcess captions, int sentences)
    {
        using var folder = new TemporaryFolder();
        await Ffmpeg.ToWavAsync(Show.Sentence.Path, folder["said.wav"], SoundServer.LostAtStart, tailSeconds: 1);
        await sound.PlayAsync(folder["said.wav"]);
        await Wait.UntilAsync(() => captions.Of("final").Count() >= sentences, Wait.Generous, "the sentence");
        Show.AssertSaid(Show.Sentence, SpokenWords.Of(captions.Of("final").Last().GetProperty("text").GetString()!));
    }

    private static Task PlugInAsync(SoundServer sound) =>
        PactlAsync(sound, "load-module", "module-remap-source", $"master={SoundServer.Sink}.monitor", "source_name=yeti", "source_properties=device.description=Yeti");

    private static async Task PactlAsync(SoundServer sound, params string[] arguments)
    {
        await using var pactl = await GuardedProcess.StartAsync(["pactl", .. arguments], sound.Environment);
        Assert.Equal(0, await pactl.Exited);
    }
}
