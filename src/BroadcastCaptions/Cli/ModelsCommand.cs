using System.CommandLine;
using BroadcastCaptions.Configuration;
using BroadcastCaptions.Failures;
using BroadcastCaptions.Speech.Catalogue;
using BroadcastCaptions.Terminal;
using Spectre.Console;

namespace BroadcastCaptions.Cli;

/// <summary>'captions models': the catalogue and what of it is on this machine.</summary>
internal static class ModelsCommand
{
    private static readonly Option<bool> Json = CommonOptions.Json();
    private static readonly Option<string?> Config = CommonOptions.Config();
    private static readonly SettingOptions Settings = new SettingOptions()
        .Add<string>("--folder", "model:folder", "Folder of the models (default: the platform's cache folder).", "FOLDER")
        .AddSwitch("--offline", "model:offline", true, "Never use the network.");

    /// <summary>The verb with its subcommands.</summary>
    public static Command Create() => new("models", """
        Lists, fetches, checks, removes and imports models.

        Examples:
          captions models list
          captions models pull moonshine-base
          captions models verify
          captions models import /media/stick/models      no network needed
        """)
    {
        Verb("list", "What there is, and what of it is on this machine.", null, (store, _, json, _) => Task.FromResult(List(store, json))),
        Pull(),
        Verb("verify", "Checks the installed models by SHA-256.", Name(ArgumentArity.ZeroOrOne), VerifyAsync),
        Verb("rm", "Removes a model from this machine.", Name(ArgumentArity.ExactlyOne), RemoveAsync),
        Verb("import", "Copies models out of a folder, recognised by their content.", new Argument<string?>("folder") { Description = "The folder." }, ImportAsync),
    };

    private static Argument<string?> Name(ArgumentArity arity)
    {
        var name = new Argument<string?>("name") { Description = "Name in the catalogue.", Arity = arity };
        name.CompletionSources.Add(_ => ModelCatalogue.Bundled.Models.Select(model => new System.CommandLine.Completions.CompletionItem(model.Name)));
        return name;
    }

    private static Command Verb(
        string verb, string help, Argument<string?>? argument, Func<ModelStore, string?, bool, CancellationToken, Task<ExitCode>> run)
    {
        var command = new Command(verb, help);
        if (argument is not null) command.Arguments.Add(argument);
        command.Options.Add(Json);
        command.Options.Add(Config);
        Settings.AddTo(command);
        command.SetAction(async (result, cancellation) =>
        {
            var options = OptionsLoader.Load(result.GetValue(Config), Settings.Read(result));
            return (int)await run(new ModelStore(options.Model), argument is null ? null : result.GetValue(argument), result.GetValue(Json), cancellation);
        });
        return command;
    }

    private static Command Pull()
    {
        var name = Name(ArgumentArity.ExactlyOne);
        var force = new Option<bool>("--force") { Description = "Check what is installed by SHA-256, and fetch again what is damaged." };
        var command = new Command("pull", "Fetches a model and what it needs: resumed where it was interrupted, verified by SHA-256.") { name, force, Config };
        Settings.AddTo(command);
        command.SetAction(async (result, cancellation) =>
        {
            var store = new ModelStore(OptionsLoader.Load(result.GetValue(Config), Settings.Read(result)).Model);
            using var signal = new Session.StopSignal(cancellation);
            foreach (var model in ModelCatalogue.Bundled.Needed(result.GetValue(name)!))
            {
                var folder = await Downloads.RunAsync(progress => result.GetValue(force)
                    ? store.RepairAsync(model.Name, progress, signal.Token)
                    : store.EnsureAsync(model.Name, progress, signal.Token));
                Screen.Console.WriteLine($"{model.Name} is in {folder}.");
            }

            return (int)ExitCode.Done;
        });
        return command;
    }

    private static ExitCode List(ModelStore store, bool json)
    {
        var models = store.List();
        if (json)
        {
            JsonOutput.Write(models.Select(m => new { m.Model.Name, m.Model.Family, m.Model.Languages, m.Model.Licence, bytes = m.Model.Size, state = m.State.ToString().ToLowerInvariant(), m.Folder }));
            return ExitCode.Done;
        }

        var table = new Table().Border(TableBorder.Rounded).AddColumns("model", "language", "size", "licence", "on this machine");
        foreach (var m in models)
            table.AddRow(m.Model.Name, string.Join(", ", m.Model.Languages), $"{m.Model.Size / 1e6:0} MB", m.Model.Licence, State(m.State));
        Screen.Output.Write(table);
        return ExitCode.Done;
    }

    private static string State(InstallState state) => state switch
    {
        InstallState.Installed => "[green]yes[/]",
        InstallState.Missing => "[grey]no[/]",
        InstallState.Partial => "[yellow]partly: pull resumes[/]",
        _ => "[red]damaged: pull --force mends[/]",
    };

    private static async Task<ExitCode> VerifyAsync(ModelStore store, string? name, bool json, CancellationToken cancellation)
    {
        var names = name is null ? store.List().Where(m => m.State != InstallState.Missing).Select(m => m.Model.Name) : [name];
        var files = new List<(string Model, FileStatus Status)>();
        foreach (var model in names) files.AddRange((await store.VerifyAsync(model, cancellation)).Select(status => (model, status)));
        if (json) JsonOutput.Write(files.Select(f => new { f.Model, file = f.Status.File.Name, state = f.Status.State.ToString().ToLowerInvariant(), f.Status.Path }));
        else foreach (var (model, status) in files) Screen.Output.MarkupLine($"{model}/{status.File.Name}: {State(status.State)}");
        return files.TrueForAll(f => f.Status.State == InstallState.Installed) ? ExitCode.Done : ExitCode.Failed;
    }

    private static async Task<ExitCode> RemoveAsync(ModelStore store, string? name, bool json, CancellationToken cancellation)
    {
        var freed = await store.RemoveAsync(name!, cancellation);
        if (json) JsonOutput.Write(new { name, freed });
        else Screen.Output.WriteLine(freed > 0 ? $"{name} removed, {freed / 1e6:0} MB freed." : $"{name} was not on this machine.");
        return ExitCode.Done;
    }

    private static async Task<ExitCode> ImportAsync(ModelStore store, string? folder, bool json, CancellationToken cancellation)
    {
        var import = await store.ImportAsync(folder!, cancellation);
        if (json) JsonOutput.Write(new { taken = import.Taken.Select(t => new { t.Model, t.File }), import.Refused, import.Ready });
        foreach (var sentence in import.Refused) Screen.Console.MarkupLineInterpolated($"[yellow]{sentence}[/]");
        if (!json) Screen.Output.WriteLine($"{import.Taken.Count} files imported. Ready: {(import.Ready.Count > 0 ? string.Join(", ", import.Ready) : "nothing new")}.");
        return import.Refused.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }
}
