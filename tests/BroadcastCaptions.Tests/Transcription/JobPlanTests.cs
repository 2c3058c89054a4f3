using BroadcastCaptions.Captions;
using BroadcastCaptions.Failures;
using BroadcastCaptions.TestKit.Processes;
using BroadcastCaptions.Transcription;

namespace BroadcastCaptions.Tests.Transcription;

public sealed class JobPlanTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Captions_lie_beside_the_recording_or_in_the_folder()
    {
        Assert.Equal("shows/talk.srt", JobPlan.Of(["shows/talk.mp4"], null, [CaptionFormat.Srt])[0].Output(CaptionFormat.Srt));
        Assert.Equal("out/talk.srt", JobPlan.Of(["shows/talk.mp4"], "out", [CaptionFormat.Srt])[0].Output(CaptionFormat.Srt));
    }

    [Fact]
    public void Two_recordings_of_one_name_do_not_write_the_same_file() =>
        Assert.Equal(["talk.mp3.srt", "talk.mp4.srt", "else.srt"], JobPlan.Of(["talk.mp3", "talk.mp4", "else.wav"], null, [CaptionFormat.Srt]).Select(job => job.Output(CaptionFormat.Srt)));

    [Fact]
    public void Recordings_of_one_name_from_several_folders_lie_in_folders_of_those_names()
    {
        string[] named = ["monday/talk.mp4", "else.wav", "tuesday/talk.mp4", "old/monday/show.wav", "new/monday/show.wav"];
        Assert.Equal(
            ["out/monday/talk.srt", "out/else.srt", "out/tuesday/talk.srt", "out/old/monday/show.srt", "out/new/monday/show.srt"],
            JobPlan.Of(named, "out", [CaptionFormat.Srt]).Select(job => job.Output(CaptionFormat.Srt)));
    }

    [Fact]
    public void Folders_with_recordings_of_one_name_do_not_write_the_same_file()
    {
        foreach (var season in new[] { "one", "two" })
            File.WriteAllText(Path.Combine(_folder.Folder(season), "pilot.wav"), "");
        Assert.Equal(
            [Path.Combine("out", "one", "pilot.srt"), Path.Combine("out", "two", "pilot.srt")],
            JobPlan.Of([_folder["one"], _folder["two"]], "out", [CaptionFormat.Srt]).Select(job => job.Output(CaptionFormat.Srt)));
    }

    [Fact]
    public void A_recording_that_is_named_twice_is_heard_once() => Assert.Single(JobPlan.Of(["talk.wav", "./talk.wav"], null, []));

    [Fact]
    public void A_folder_gives_its_recordings_in_order()
    {
        foreach (var name in new[] { "b.WAV", "a.mkv", "a.srt", "read.me" }) File.WriteAllText(_folder[name], "");
        Assert.Equal(["a.mkv", "b.WAV"], JobPlan.Of([_folder.Path], null, []).Select(job => job.Name));
        Assert.Throws<CaptionsException>(() => JobPlan.Of([_folder.Folder("empty")], null, []));
    }
}
