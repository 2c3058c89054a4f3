using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;

namespace BroadcastCaptions.Cli;

/// <summary>What is wrong with a command line, in sentences that name the word, what is allowed, and what was probably meant.</summary>
internal static class Misuse
{
    /// <summary>The faults; none where it can be run.</summary>
    public static IReadOnlyList<string> Of(ParseResult parsed)
    {
        var unmatched = parsed.CommandResult.Command.TreatUnmatchedTokensAsErrors ? parsed.UnmatchedTokens : []; // else they are another program's
        var unknown = TakenForWords(parsed).Concat(unmatched).ToList();
        if (unknown.Exists(IsOption)) unknown.RemoveAll(word => !IsOption(word)); // what follows an unknown option was meant as its value
        return unknown.Count > 0 ? unknown.ConvertAll(word => Unknown(parsed.CommandResult.Command, word)) : [.. parsed.Errors.Select(Sentence)];
    }

    /// <summary>Is only the word missing that says what is to be done? Then help answers better than a fault.</summary>
    public static bool IsOnlyIncomplete(ParseResult parsed) =>
        parsed.CommandResult.Command is { Subcommands.Count: > 0, Action: null } && parsed.UnmatchedTokens.Count == 0;

    /// <summary>A command with those above it, as it is typed.</summary>
    public static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}" : "captions";

    private static bool IsOption(string word) => word.Length > 1 && word[0] == '-';

    /// <summary>Mistyped options that an argument of many words has taken.</summary>
    private static IEnumerable<string> TakenForWords(ParseResult parsed)
    {
        var taken = parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).ToHashSet(ReferenceEqualityComparer.Instance);
        return parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash)
            .Where(token => IsOption(token.Value) && taken.Contains(token)).Select(token => token.Value);
    }

    private static string Unknown(Command command, string word)
    {
        var isOption = IsOption(word);
        if (!isOption && command.Subcommands.Count == 0) return $"'{PathOf(command)}' takes no '{word}'.";
        var known = isOption ? command.Options.SelectMany(option => option.Aliases.Append(option.Name)) : command.Subcommands.Select(verb => verb.Name);
        var meant = isOption && File.Exists(word) ? $" The file is './{word}'." : Nearest.To(word, known) is { } near ? $" Did you mean '{near}'?" : "";
        return $"There is no {(isOption ? "option" : "command")} '{word}'.{meant}";
    }

    private static string Sentence(ParseError error) => error.SymbolResult switch
    {
        OptionResult { Tokens.Count: 0 } option => $"{option.Option.Name} needs a value{Named(option.Option.HelpName)}.",
        OptionResult option => NotAllowed(option.Option.Name, option.Tokens, option.Option.ValueType, Choices(option.Option)),
        ArgumentResult { Parent: OptionResult option } => NotAllowed(option.Option.Name, option.Tokens, option.Option.ValueType, Choices(option.Option)),
        ArgumentResult { Tokens.Count: 0, Parent: CommandResult command } argument => $"'{PathOf(command.Command)}' needs {argument.Argument.Name}: {argument.Argument.Description?.TrimEnd('.')}.",
        ArgumentResult argument => NotAllowed(argument.Argument.Name, argument.Tokens, argument.Argument.ValueType, Choices(argument.Argument)),
        _ => error.Message,
    };

    private static string NotAllowed(string name, IReadOnlyList<Token> given, Type type, string choices)
    {
        if (given.Count > 1) return $"{name} is given {given.Count} times; once is allowed.";
        var wanted = Nullable.GetUnderlyingType(type) ?? type;
        var allowed = choices.Length > 0 ? choices : wanted == typeof(int) ? "a whole number" : wanted == typeof(double) ? "a number" : "another";
        return $"{name} is \"{given[0].Value}\"; allowed: {allowed}.";
    }

    private static string Choices(Symbol symbol) => string.Join(", ", symbol.GetCompletions(CompletionContext.Empty).Select(choice => choice.Label));

    private static string Named(string? value) => value is null ? "" : $": {value}";
}
