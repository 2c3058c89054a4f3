using BroadcastCaptions.Cli;

namespace BroadcastCaptions.Tests.Cli;

public sealed class MisuseTests
{
    [Theory]
    [InlineData("liv", "There is no command 'liv'. Did you mean 'live'?")]
    [InlineData("obs setpu", "There is no command 'setpu'. Did you mean 'setup'?")]
    [InlineData("frobnicate", "There is no command 'frobnicate'.")]
    [InlineData("live extra", "'captions live' takes no 'extra'.")]
    [InlineData("live --modle moonshine-tiny", "There is no option '--modle'. Did you mean '--model'?")]
    [InlineData("transcribe talk.wav --formt srt", "There is no option '--formt'. Did you mean '--format'?")]
    [InlineData("models pull --forse moonshine-tiny", "There is no option '--forse'. Did you mean '--force'?")]
    [InlineData("plugin status --x", "There is no option '--x'.")]
    [InlineData("live --model", "--model needs a value: NAME.")]
    [InlineData("live --cpu much", "--cpu is \"much\"; allowed: a number.")]
    [InlineData("live --threads 1.5", "--threads is \"1.5\"; allowed: a whole number.")]
    [InlineData("live --cpu 1 --cpu 2", "--cpu is given 2 times; once is allowed.")]
    [InlineData("live --policy stedy", "--policy is \"stedy\"; allowed: fast, finalOnly, steady.")]
    [InlineData("transcribe talk.wav --task translat", "--task is \"translat\"; allowed: transcribe, translate.")]
    [InlineData("models import", "'captions models import' needs folder: Folder with the files of models.")]
    public void Fault_names_the_word_and_what_is_allowed(string line, string fault) => Assert.Equal([fault], Misuse.Of(Parse(line)));

    [Theory]
    [InlineData("live --tap talk.wav --policy FAST")]
    [InlineData("transcribe -- -talk.wav")]
    [InlineData("transcribe talk.wav --batch-size -1")] // allowed or not is said by the verb
    [InlineData("models pull moonshine-tiny --force")]
    [InlineData("bench wer --worst 5")]
    public void Nothing_is_said_of_what_can_be_run(string line) => Assert.Empty(Misuse.Of(Parse(line)));

    [Theory]
    [InlineData("", true)]
    [InlineData("obs", true)]
    [InlineData("obs --x", false)]
    [InlineData("liv", false)]
    [InlineData("live", false)]
    public void A_command_that_only_lacks_its_verb_is_helped(string line, bool isHelped) => Assert.Equal(isHelped, Misuse.IsOnlyIncomplete(Parse(line)));

    private static System.CommandLine.ParseResult Parse(string line) => Commands.Create().Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
